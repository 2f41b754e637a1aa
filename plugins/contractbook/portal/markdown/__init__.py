"""The pages of the portal as Markdown: for programs, and to be pasted where a browser does not reach.

It is made of the same contracts and the same phrases as the HTML. A link within the portal is written from
its root, as `~/customers/`; whoever puts the pages somewhere makes it lead to the Markdown beside that page.
"""
