"""The desk's door: the frame `desk.html`, in which officials work all day. It offers no pages."""
