"""What leaves or enters the records on the person's word: Fi Money, and being compared with others."""
