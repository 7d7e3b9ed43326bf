stock-nav = Stock
stock-title = Stock
stock-lead = What there is, in the order in which to use it: nearest date first.
stock-receive = Receive
stock-count = Take a count
stock-sheet = Sheet to print
stock-export = Take this list away:
stock-export-title = Stock { $place }
stock-shelves = Which stock
stock-others = Stocks that other organisations share
stock-see = See
stock-filter = Filter
stock-filter-temperature = Temperature
stock-filter-family = Family
stock-filter-all = All
stock-filter-all-families = All
stock-filter-apply = Apply
stock-filter-none = Show everything
stock-empty-title = Nothing in stock here for now
stock-empty-text = What comes in will be here, nearest date first. Begin by writing a delivery down.
stock-empty-other = What comes in here will be shown, nearest date first.
stock-empty-filtered-title = Nothing matches this filter
stock-empty-filtered-text = Choose another family or temperature, or show everything.
stock-caption = To use in this order: { $place }
stock-column-product = Product
stock-column-use = To use
stock-column-free = Available
stock-column-reserved = Reserved
stock-column-all = In all
stock-export-movements = Stock movements
stock-column-day = Day
stock-column-act = Act
stock-column-moved-kg = Movement (kg)
stock-column-reason = Reason
stock-column-reference = Reference
stock-column-family = Family
stock-column-temperature = Temperature
stock-column-lot-number = Lot number
stock-column-date-kind = Kind of date
stock-column-date = Date
stock-column-donor = Given by
stock-column-all-kg = In all (kg)
stock-column-reserved-kg = Reserved (kg)
stock-column-free-kg = Available (kg)
stock-column-figure = Measure
stock-column-state = State
stock-column-who = Who
stock-column-zone = Zone
stock-column-taken = Taken
stock-column-left = Left
stock-column-ledger = Expected
stock-column-found = Found
stock-none = none
stock-weighed = weighed
stock-estimated = estimated
stock-expired = Use-by date passed
stock-expired-text = The use-by date has passed: this lot can no longer be given. All that is left is to throw it away or give it back to the donor.
stock-state-expected = Expected
stock-state-quarantined = Set aside
stock-state-blocked = Blocked (recall)
stock-state-withdrawn = Withdrawn
stock-state-because = Reason: { $reason }
stock-scope-own = Visible to your organisation and to those you open it to
stock-scope-hub = Common stock: visible to the organisations that take part in the coordination
stock-scope-shared = This organisation shares its stock with you; it sees that you read it
stock-help-title = Why this order?
stock-help-text = What expires first leaves first. Products without a date come last, oldest first.
stock-help-example = Example: yoghurts to use by tomorrow come before pasta best before next year.
stock-back = Back to the stock
stock-sheet-title = Stock: { $place }
stock-sheet-lead = To print and hang at the dock. Write down what is taken; the count will pick it up.
stock-sheet-reserved = of which reserved
stock-sheet-cut = The list is long: print it family by family to have all of it.
stock-printed = Printed { $when }
stock-waiting-near = { $lots ->
    [one] One lot must leave before tomorrow evening
   *[other] { $lots } lots must leave before tomorrow evening
}
stock-waiting-past = { $lots ->
    [one] One lot past its use-by date is still on the shelf
   *[other] { $lots } lots past their use-by date are still on the shelf
}
stock-waiting-see = See

stock-who-holds = Who has some now
stock-nobody-holds = None is left, or what is left is not shared with you.
stock-life = Its journey
stock-from-to = { $from } → { $to }
stock-because = “{ $reason }”
stock-corrected = Corrected
stock-correct-this = Correct
stock-hidden-steps = { $count ->
    [one] One movement at another organisation is not shared with you.
   *[other] { $count } movements at other organisations are not shared with you.
}
stock-temperatures = Temperatures read
stock-too-warm = too warm
stock-moment-pickup = at pickup
stock-moment-arrival = on arrival
stock-moment-storage = in storage
stock-label = The label
stock-since = Since
stock-collection = See the collection
stock-from-lot = Comes from lot
stock-into-lots = Split into
stock-safety = Safety
stock-cause-received = Received
stock-cause-moved = Moved
stock-cause-split = Split
stock-cause-handed-over = Handed over
stock-cause-handed-out = Handed out
stock-cause-wasted = Thrown away
stock-cause-returned = Given back
stock-cause-counted = Count difference
stock-cause-corrected = Correction
stock-cause-withdrawn = Withdrawn
stock-place-donor = donor
stock-place-people = people concerned
stock-place-waste = thrown away or composted
stock-place-variance = count difference
stock-place-resplit = split into lots
stock-place-free = { $place } ({ $free } available)
stock-mass-of = { $grams } of lot { $reference }
stock-on-behalf = You are writing on behalf of { $structure }, which will be told.

stock-act-move = Move
stock-act-move-lead = Change zone at your own place. The cold is checked.
stock-act-split = Split in two lots
stock-act-split-lead = A part becomes a lot of its own, with its own date if need be.
stock-act-hand-out = Note what was handed out
stock-act-hand-out-lead = What people took home, by weight only: no names.
stock-act-return = Give the surplus back
stock-act-return-lead = Give back to the hub or the donor what was too much. That is normal and nobody’s fault.
stock-act-waste = Throw away
stock-act-waste-lead = Note what will not be eaten, and why.
stock-act-measure = Note a temperature
stock-act-measure-lead = Read at the core or between two products.
stock-act-quarantine = Set aside
stock-act-quarantine-lead = Nobody can reserve this lot until somebody has checked it.
stock-act-block = Block
stock-act-block-lead = Recall or danger: the lot is stopped everywhere, with everybody who has some, and they are told.
stock-act-lift = Release
stock-act-lift-lead = The lot was checked and may be given again.
stock-act-withdraw = Withdraw from stock
stock-act-withdraw-lead = All that is left of this lot here is taken out; what was reserved is cancelled and the organisations are told.
stock-field-place = Where
stock-field-weight = Weight
stock-field-weight-hint = { $free } available
stock-field-to = To which zone
stock-field-return-to = To whom
stock-return-donor = To the donor
stock-field-lot-number = Lot number on the label
stock-split-number-hint = Only if it differs
stock-split-date = Date of this part
stock-split-date-hint = Only if it differs
stock-field-celsius = Temperature read
stock-field-reason = Reason
stock-measure-reason-hint = To fill in if it is too warm: what happened, what did you do?
stock-not-now = Change nothing
stock-done-move = “{ $product }”: moved.
stock-done-split = “{ $product }”: split into lots.
stock-done-hand-out = “{ $product }”: noted as handed out.
stock-done-return = “{ $product }”: surplus given back.
stock-done-waste = “{ $product }”: noted as thrown away.
stock-done-measure = “{ $product }”: temperature noted.
stock-done-quarantine = “{ $product }”: set aside.
stock-done-block = “{ $product }”: blocked everywhere.
stock-done-lift = “{ $product }”: released.
stock-done-withdraw = “{ $product }”: withdrawn from stock.

stock-correct = Correct
stock-correct-title = Correct a movement
stock-correct-lead = Nothing is erased: a reverse movement is added, with your reason.
stock-correct-hint = Example: written twice, wrong lot, wrong weight.
stock-done-corrected = Corrected. The first movement stays visible in the lot’s journey.
stock-done-undone = Undone.
stock-undone = undone
stock-not-undone = It cannot be undone. { $why }

stock-receive-title = Receive a delivery
stock-receive-lead = Weigh, read the label, take the temperature. One block per lot.
stock-receive-add = Add a lot to this delivery
stock-receive-write = Put in stock
stock-receive-help-title = What is a lot?
stock-receive-help-text = The same product with the same date and the same lot number. Two dates make two lots: that is how a recalled product is found again.
stock-receive-help-example = Example: 10 cartons of yoghurt to use by 26/11 and 4 cartons by 28/11 make two lots.
stock-field-door = Where does the delivery come in?
stock-field-donor = Given by
stock-donor-unknown = Not said
stock-lot-number = Lot { $number }
stock-field-product = Product
stock-field-product-hint = Example: plain yoghurts
stock-field-measured = This weight is
stock-weighed-choice = weighed
stock-estimated-choice = estimated
stock-field-family = Family
stock-field-kept = To be kept
stock-field-date-kind = Date on the label
stock-field-date = Which date
stock-field-celsius-hint = For chilled and frozen goods, on arrival
stock-field-lot-number-hint = Example: L2614-118
stock-field-aside = Set aside, to be checked
stock-field-aside-hint = Nobody can reserve it until it is released.
stock-field-why = Explanation
stock-field-why-hint = If the date is less than 48 hours away, if it is too warm or if you set it aside: one sentence.
stock-done-received = { $lots ->
    [one] It is in stock.
   *[other] { $lots } lots in stock.
}
stock-done-received-aside = { $aside ->
    [one] Received. One lot is set aside, to be checked.
   *[other] Received. { $aside } lots are set aside, to be checked.
}

stock-count-title = Count: { $place }
stock-count-lead = Write down what you find, in kilos. A box left empty changes nothing.
stock-count-found = Found for { $reference }, in kg
stock-count-write = Save the count
stock-count-nothing = No lot was counted: nothing changed.
stock-count-same = Count saved: everything matches.
stock-count-done = { $differences ->
    [one] Count saved: one difference was noted.
   *[other] Count saved: { $differences } differences were noted.
}
stock-count-cut = This zone is very full: only the first lots are on this sheet. Count them, then come back.
stock-count-empty-title = Nothing to count in this zone
stock-count-empty-text = Lots received here will be on this sheet, with a box for what you find.
stock-count-help-title = What becomes of a difference?
stock-count-help-text = The stock takes the weight found, and the difference stays visible in the lot’s journey. If something moved while you counted, the page says so and nothing is overwritten.
stock-of-which-reserved = of which { $reserved } reserved
stock-zones = Zones
stock-zone-at = { $zone } ({ $site })

stock-told-on-behalf = A stock update was written for you: { $product } ({ $reference }).
stock-told-returned = Surplus was given back to you: { $product } ({ $reference }).
stock-told-corrected = A movement was corrected: { $product } ({ $reference }). Your stock has changed.
stock-told-quarantined = A lot that you have is set aside: { $product } ({ $reference }).
stock-told-blocked = Stop handing out this lot: { $product } ({ $reference }). It is blocked.
stock-told-lifted = This lot may be given again: { $product } ({ $reference }).
stock-told-withdrawn = What was reserved for you is withdrawn from stock: { $product } ({ $reference }).

stock-refused-nothing-weighed = Give a weight above zero.
stock-refused-product-missing = Say which product it is.
stock-refused-date-missing = Give the date on the label, or choose “No date”.
stock-refused-reason-missing = Explain in one sentence.
stock-refused-in-the-future = That moment has not come yet.
stock-refused-not-enough = Only { $free } are available here.
stock-refused-quarantined = This lot is set aside: it must be checked and released first.
stock-refused-blocked = This lot is blocked by a recall: it cannot be given.
stock-refused-withdrawn = This lot is withdrawn from stock.
stock-refused-expected = This lot has not arrived yet.
stock-refused-from-withdrawn = This lot is withdrawn from stock: its state no longer changes.
stock-refused-from-blocked = This lot is blocked already.
stock-refused-from-quarantined = This lot is set aside already.
stock-refused-from-available = This lot is neither set aside nor blocked: block it first.
stock-refused-past-use-by = The use-by date has passed: this product cannot be given.
stock-refused-short-date = { $hours ->
    [0] Less than an hour is left before the use-by date ends. Say in one sentence how it will be handed out in time.
    [one] One hour is left before the use-by date ends. Say in one sentence how it will be handed out in time.
   *[other] { $hours } hours are left before the use-by date ends, less than the 48 hours of the rule. Say in one sentence how it will be handed out in time.
}
stock-refused-same-place = It is there already.
stock-refused-place-closed = This zone is closed.
stock-refused-too-warm = This zone is not cold enough for this product.
stock-refused-other-structure = This zone belongs to another organisation: go through a handover.
stock-refused-reservation-ended = This reservation was used or released before.
stock-refused-other-reservation = This reservation is for another lot or organisation.
stock-refused-counted-below-reserved = { $reserved } are reserved here: release a reservation first.
stock-refused-moved-since = The stock moved while you counted: there are now { $now }. Count this lot again.
stock-refused-already-corrected = This movement was corrected before.
stock-refused-gone-since = Some of it has left or was reserved since: { $free } are available.
stock-refused-parts-too-heavy = At most { $free } can be split off.
stock-refused-too-hot = That is above { $celsius }. Say in one sentence what happened.
stock-in-zone = zone: { $zone }
stock-choose = Choose from the list
stock-past-best-text = The best-before date has passed: this lot may still be given while the packaging is intact.
