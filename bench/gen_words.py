"""The vocabulary of the invented logs."""
WORDS = ("adjust budget ledger parser invoice branch compile cache stream window schema retry commit "
         "review token reader writer batch fixture module import export route handler queue bucket").split()
