allocation-nav = Allocations
allocation-lead = The common stock, shared out fairly among the organisations that need it.
allocation-rule-link = How is it shared out?
allocation-prepare = Prepare today’s allocation
allocation-own-title = What is proposed to your organisation
allocation-own = { $day }: { $mass }
allocation-own-waits = waiting for your answer
allocation-see = See
allocation-runs-title = All allocations
allocation-empty-title = No allocation yet
allocation-empty-text = Each day’s proposal to share out the common stock will appear here. It starts from requests: say what you need.
allocation-empty-text-reader = Each day’s proposal to share out the common stock will appear here.
allocation-empty-action = Make a request
allocation-crumbs = Breadcrumb
allocation-kg = kg
allocation-said = { $name }: { $value }
allocation-days = days
allocation-why = Why?
allocation-why-long = Why this proposal?

allocation-state-proposed = To be validated
allocation-state-validated = Validated
allocation-state-executed = Done
allocation-state-cancelled = Cancelled
allocation-line-proposed = Proposed
allocation-line-accepted = Accepted
allocation-line-refused = Not taken
allocation-line-prepared = Ready to hand over
allocation-line-handed-over = Handed over
allocation-line-not-handed-over = Not handed over

allocation-run-title = Allocation of { $day }
allocation-run-lead = { $mass } proposed to { $count ->
    [one] one organisation
   *[other] { $count } organisations
  }.
allocation-see-own = See the share of { $structure }
allocation-validate = Validate and tell the organisations
allocation-validate-hint = Nothing is sent until somebody validates. You can adjust each line first.
allocation-preparation-title = Preparation list
allocation-add = Add a line
allocation-add-lead = To propose part of a lot to an organisation that had none of it.
allocation-came = What is in stock
allocation-col-product = Product
allocation-col-date = Date and cold
allocation-col-day = Date
allocation-col-prepared = Prepared
allocation-col-free = Available
allocation-col-proposed = Proposed
allocation-col-left = Left
allocation-col-crates = Crates
allocation-col-mass = Weight
allocation-col-state = Where it stands
allocation-col-lot = Lot
allocation-col-temperature = Cold
allocation-col-accepted = Accepted
allocation-col-read = Reading
allocation-levels = At what level are organisations served?
allocation-levels-text = Share of needs covered, past weeks included. Organisations at the same level are grouped; a group of fewer than three is not detailed.
allocation-levels-kilos = The share is fair in kilos, not product by product.
allocation-level-hidden = level not shown (group too small)
allocation-structures = { $count ->
    [one] One organisation
   *[other] { $count } organisations
  }
allocation-views = Ways to read this allocation
allocation-by-structure = By organisation
allocation-by-lot = By item
allocation-proposed-lines = What the machine proposes
allocation-parts = Organisations, in alphabetical order
allocation-structure = Organisation
allocation-col-part = What it is proposed
allocation-handover-to = Hand over to { $structure }
allocation-adjust = Adjust
allocation-instead-of = instead of { $mass }
allocation-handover = Hand over
allocation-cancel = Cancel this allocation
allocation-cancel-reason = Why cancel?
allocation-proof = The calculation was checked. Its data are kept as they were, under the number { $hash }.
allocation-crates = { $count ->
    [one] one crate
   *[other] { $count } crates
  }
allocation-crate-opened = an opened crate
allocation-crates-and-opened = { $count ->
    [one] one crate and an opened one
   *[other] { $count } crates and an opened one
  }
allocation-total = Total
allocation-back-to-run = Allocation
allocation-back-to-answer = Your proposal

allocation-nothing-others-first = Nothing today: what there is goes to organisations served less well in the past weeks.
allocation-nothing-not-asked = Nothing today: no lot is of the families asked for.
allocation-nothing-no-room = Nothing today: no room is given for these products.
allocation-nothing-too-soon = Nothing today: the use-by dates fall before the days asked for.
allocation-nothing-excluded = Nothing today: families that the organisation does not take.
allocation-nothing-opens-too-late = Nothing today: the organisation receives after the use-by dates.
allocation-nothing-refused-before = Nothing today: these lots were not taken last time.
allocation-nothing-other = Nothing today.

allocation-field-kg = How many kilograms?
allocation-field-kg-hint = The calculation proposes { $mass }. Zero takes the line out.
allocation-field-reason = Why this change?
allocation-field-reason-hint = One sentence. The organisation will read it.
allocation-field-lot = Which lot?
allocation-field-structure = For which organisation?
allocation-save = Save
allocation-choose = Choose
allocation-others-title = Who has the rest
allocation-give-title = Give to another organisation
allocation-give = Give
allocation-field-give-to = To whom?
allocation-field-reason-both = One sentence. Both organisations will read it.
allocation-notice-given = { $mass } go to another organisation.
allocation-refused-all-given = Everything is proposed already: first lower one of the organisations below.
allocation-theirs = Somebody changed this line meanwhile: it is now { $mass }. What you typed is kept; check it, then save.

allocation-answer-title = Proposal of { $day }
allocation-answer-until = To be confirmed before { $moment }
allocation-accept-all = Accept everything
allocation-line-by-line = Or answer line by line
allocation-refusing-is-a-right = Refusing is your right: it never counts against you, and the products go to others.
allocation-take = We take it
allocation-refuse = We do not take it
allocation-refuse-why = If you do not take it, why?
allocation-send-answer = Send my answer
allocation-answered = Your answer
allocation-handed-instead = Handed over: { $mass }
allocation-handed-instead-why = Handed over: { $mass } ({ $reason })
allocation-received = Received: { $mass } ({ $reason })
allocation-received-title = What the organisation says
allocation-receipt-title = On arrival
allocation-receipt-other = I received something else
allocation-receipt-save = Save what I received
allocation-field-received = Received
allocation-field-why = If it is something else, why?
allocation-field-arrived = Arrived at
allocation-field-warm = If it is too warm, why?
allocation-notice-received = Thank you, it is noted. The hub sees it too.
allocation-change-answer = Change my answer
allocation-change-of-mind = Changed your mind? Say what you no longer take: it goes on to others, no reason needed.
allocation-fetch-title = Where and when to come
allocation-fetch-what = { $mass } to collect: { $products }
allocation-fetch-hub = { $name }, { $address }
allocation-fetch-hours = Open: { $hours }
allocation-fetch-day = { $day } { $hours }
allocation-fetch-days = { $from } to { $to }
allocation-fetch-before = Before { $day }: that is the first use-by date.
allocation-fetch-door = On the spot: { $note }
allocation-fetch-offer = To collect at the donor’s: { $place }, { $window }
allocation-fetch-window = { $window }, straight from the donor
allocation-fetch-see = See
allocation-fetched-at-donor = to collect at the donor’s, { $window }
allocation-nothing-window-too-soon = Nothing today: these products must be collected before the organisation next opens.
allocation-refused-only-left = Only { $mass } are left on the board.
allocation-refused-offer-gone = This offer is no longer available: the donor took it back, or its time is past.
allocation-adjusted-because = Adjusted by the coordination: { $reason }
allocation-nothing-for-you = Nothing is proposed to you this time. The page “Why?” tells the reason.
allocation-run-over = This allocation is closed.
allocation-unanswered = not answered in time
allocation-refusal-unsaid = No reason given
allocation-refusal-no-room = Not enough room
allocation-refusal-too-much = Too much for us
allocation-refusal-short-date = Date too short
allocation-refusal-unsuited = Not suited to the people
allocation-refusal-nobody = Nobody to receive it

allocation-why-title = Why this share, { $day }?
allocation-why-all-met = Everything you asked for is proposed to you: { $mass }.
allocation-why-all-there-is = Everything in stock that you asked for is proposed to you: { $mass } of { $asked } asked for.
allocation-why-limited-dry = { $mass } are proposed to you: your dry storage is full.
allocation-why-limited-chilled = { $mass } are proposed to you: your chilled storage is full.
allocation-why-limited-frozen = { $mass } are proposed to you: your freezer is full.
allocation-why-limited-days = { $mass } are proposed to you: the rest would be out of date before the days of your requests.
allocation-why-shared = { $mass } are proposed to you: { $count } organisations share these products and reach the same level, { $level } of their needs. Giving you more would take from an organisation that is served no better than you.
allocation-why-shared-few = { $mass } are proposed to you: giving you more would take from an organisation that is served no better than you.
allocation-why-nothing = Nothing of today’s stock can go to your organisation.
allocation-why-adjusted = { $product }: { $to } instead of { $from }. { $reason }
allocation-why-scope = This page is seen by your organisation and the facilitators.
allocation-adjusted-title = What the coordination changed
allocation-bounds = What limits your share
allocation-bound-dry = Dry storage full: { $mass } more were asked for.
allocation-bound-chilled = Chilled storage full: { $mass } more were asked for.
allocation-bound-frozen = Freezer full: { $mass } more were asked for.
allocation-bound-days = { $family }: { $mass } more were asked for, on days when these products will be out of date.
allocation-barred = What could not go to you
allocation-barred-not-asked = Not asked for: { $lots ->
    [one] one lot
   *[other] { $lots } lots
  }, { $mass }.
allocation-barred-no-room = No room given at this temperature: { $lots ->
    [one] one lot
   *[other] { $lots } lots
  }, { $mass }.
allocation-barred-too-soon = Out of date before the days of your requests: { $lots ->
    [one] one lot
   *[other] { $lots } lots
  }, { $mass }.
allocation-barred-excluded = Families you do not take: { $lots ->
    [one] one lot
   *[other] { $lots } lots
  }, { $mass }.
allocation-barred-opens-too-late = You receive after the use-by date: { $lots ->
    [one] one lot
   *[other] { $lots } lots
  }, { $mass }.
allocation-barred-window-too-soon = To collect before you next open: { $lots ->
    [one] one lot
   *[other] { $lots } lots
  }, { $mass }.
allocation-barred-refused-before = Not taken by you before: { $lots ->
    [one] one lot
   *[other] { $lots } lots
  }, { $mass }.
allocation-barred-other = Other reason: { $lots ->
    [one] one lot
   *[other] { $lots } lots
  }, { $mass }.
allocation-fact-proposed = Proposed
allocation-fact-asked = Asked for
allocation-fact-persons = Persons counted
allocation-fact-need = Need of one day
allocation-fact-before = Needs covered before
allocation-fact-after = Needs covered after
allocation-fact-weight = Voted priority
allocation-persons-card = from your card
allocation-persons-request = from your requests
allocation-persons-middle = you have not said: the middle value of the other organisations
allocation-past-new = Your organisation is new: it starts where the middle one stands.
allocation-past-even = The past weeks change almost nothing in your share today.
allocation-past-ahead = In the past weeks you had received { $mass } more than the group at equal need: your share today takes it into account.
allocation-past-behind = In the past weeks you had received { $mass } less than the group at equal need: your share today catches up.

allocation-rule-title = The sharing rule
allocation-rule-lead = The machine proposes, a person validates, each organisation answers. This is how the proposal is computed.
allocation-rule-1 = Need is counted, not demand: the people you serve, times the coordination’s yardsticks. Asking for more does not get you more.
allocation-rule-2 = Your request sets the most: you never receive more than you asked for, nor more than you have room for, nor a product that would be out of date on the day of your request.
allocation-rule-3 = The least-served organisation comes first, until it catches up with the next one, and so on. Nobody can receive more without taking from an organisation that is served no better.
allocation-rule-memory = Memory counts: what you received in the past weeks counts less and less, half as much every { $days } days.
allocation-rule-5 = Products with a short date leave first. This takes nothing away from fairness.
allocation-rule-tolerance = Sharing is in whole crates: a difference below { $tolerance } is not worth moving a crate.
allocation-rule-7 = Refusing is a right: what is refused is not counted as received and goes to the others.
allocation-rule-8 = A new organisation starts at the middle level of the others.
allocation-rule-9 = The share is fair in kilos, not product by product: one organisation may receive mostly rice, another mostly tins. Whoever validates may swap crates.
allocation-rule-weights = Voted priorities
allocation-rule-equal = None: a person counts the same in every organisation.
allocation-rule-weights-hint = 100% everywhere: a person counts the same in every organisation.
allocation-weight = { $sector }: { $weight }
allocation-rule-norms = Yardsticks per person
allocation-rule-norms-caption = Per person and week
allocation-rule-versions = Versions and decisions
allocation-rule-since = Since { $day }
allocation-rule-figures = what you received counts half as much after { $days } days, differences below { $tolerance } are left alone
allocation-rule-initial = At first: what you received counts half as much after 23 days, differences below 1% are left alone, priorities are equal.
allocation-rule-change = Write a new version
allocation-rule-change-text = A rule is decided together. Say where and when; every member will read it. Past allocations keep their rule.
allocation-rule-save = Save this version
allocation-field-starts = From
allocation-field-memory = Past weeks
allocation-field-memory-hint = After how many days what was received counts half as much.
allocation-field-tolerance = Difference left alone
allocation-field-tolerance-hint = At 1%, a difference of one point between two organisations is not corrected.
allocation-field-decision = What was decided, and where?
allocation-field-decision-hint = For example: assembly of 12 November, by consent.

allocation-preparation-of = Preparation: { $day }
allocation-preparation-empty-title = Nothing to prepare
allocation-preparation-empty-text = What is to be put aside for each organisation will appear here.
allocation-print = Print the list
allocation-paper-weighed = Prepared and counted
allocation-paper-unanswered = { $product } (no answer yet)
allocation-paper-page = Page { "{" }page{ "}" } of { "{" }pages{ "}" }
allocation-paper-printed = Printed { $moment }
allocation-paper-name = Name and role
allocation-paper-signature = Signature
allocation-paper-signature-of = Signature of { $name }

allocation-handover-title = Handover to { $structure }
allocation-from-to = from { $giver } to { $receiver }
allocation-to-prepare = { $mass } are waiting to be handed over.
allocation-prepare-note = Make the delivery note
allocation-print-note = Delivery note (PDF)
allocation-field-handed = Handed over
allocation-field-difference = If it is less, why?
allocation-field-temperature = Temperature read
allocation-field-cold = Too warm, or not measured: why?
allocation-difference-none = No difference
allocation-difference-missing = Missing
allocation-difference-damaged = Damaged
allocation-difference-warm = Not kept cold
allocation-difference-unwanted = Not taken on the spot
allocation-difference-weight = Weighed differently
allocation-signatures = Who gives, who receives?
allocation-field-giver-name = Given by
allocation-field-giver-signature = Signature of the giver
allocation-field-receiver-name = Received by
allocation-field-receiver-signature = Signature of the receiver
allocation-field-on-paper = Signed on paper
allocation-hand-over = Record the handover
allocation-handed-title = Already handed over
allocation-handed = { $mass } handed over { $moment }
allocation-nothing-to-hand = Nothing is waiting to be handed over to this organisation.
allocation-note-title = Delivery note
allocation-note-keep = Keep for five years
allocation-note-giver = Given by
allocation-note-receiver = Received by
allocation-note-handed = Handed over
allocation-note-for-giver = For the giver
allocation-note-for-receiver = For the receiver
allocation-note-right = Refusing all or part is a right. Proposed and accepted quantities are both written down.

allocation-notice-prepared = Allocation { $reference } prepared. Check it, adjust it, then validate.
allocation-notice-said = { $text }
allocation-notice-validated = Allocation validated: { $count ->
    [one] one organisation is told
   *[other] { $count } organisations are told
  }.
allocation-notice-changed-meanwhile = Somebody changed this allocation meanwhile. Here is the latest version.
allocation-notice-cancelled = Allocation cancelled, the products are back in stock.
allocation-notice-adjusted = Line of { $structure } adjusted.
allocation-notice-added = Line added.
allocation-notice-accepted = Thank you, it is accepted. The products are kept for you.
allocation-notice-answered = Thank you, your answer is recorded. What you do not take goes to others.
allocation-notice-nothing-answered = Nothing has changed.
allocation-notice-note = Delivery note ready. Print it or have it signed on screen.
allocation-notice-handed = { $mass } handed over, note { $reference } signed.
allocation-notice-rule = New version of the rule saved.

allocation-refused-nothing = Nothing to share: neither common stock nor an offer that can wait, for the open requests.
allocation-refused-unproven = The calculation could not be proven: nothing was recorded. Tell whoever runs Tablée.
allocation-refused-stock-moved = The stock moved during the calculation. Try again.
allocation-refused-run = No longer possible: this allocation is “{ $state }”.
allocation-refused-line = No longer possible: this line is “{ $state }”.
allocation-refused-reason = Say why, in one sentence.
allocation-refused-temperature = Kept cold: write the temperature read, or say why there is none.
allocation-refused-line-there = This organisation has a line of this lot already: adjust it.
allocation-refused-more = No more can be handed over than was proposed.
allocation-refused-rule = Check the figures and name the decision.
allocation-refused-rule-past = Choose today or later: the past keeps its rule.
allocation-refused-signature = The signature could not be read. Try again, or tick “Signed on paper”.
allocation-unsignable-not-prepared = This note is already signed.
allocation-unsignable-lines = A line is missing. Reload the page.
allocation-unsignable-reason = The quantity differs: choose why.
allocation-unsignable-warm = The temperature is above the threshold: say why.
allocation-unsignable-names = Write both names, or tick “Signed on paper”.

allocation-wait-validate = Allocation { $reference } is waiting to be validated
allocation-wait-validate-action = Check
allocation-wait-answer = { $mass } are proposed to you
allocation-wait-answer-action = Answer
allocation-wait-fetch = Collect { $mass } from the hub
allocation-wait-fetch-detail = The products are kept for you.
allocation-wait-fetch-action = Where and when
allocation-wait-answers = { $count ->
    [one] One answer to come
   *[other] { $count } answers to come
  }
allocation-wait-run = Allocation { $reference }
allocation-wait-answers-action = See
allocation-wait-prepare = Prepare { $reference }: { $count ->
    [one] one organisation
   *[other] { $count } organisations
  }
allocation-wait-prepare-action = See the list

allocation-told-prepared = Allocation { $reference } is ready to be checked and validated.
allocation-told-proposed = Products are proposed to you (allocation { $reference }). Answer in one click, without an account.
allocation-told-reminder = Reminder: proposal { $reference } is waiting for your answer.
allocation-told-lapsed = Proposal { $reference } was not answered in time: the products go to others. This does not count against you.
allocation-told-received-otherwise = { $structure } received something other than what was handed over to it (allocation { $reference }).
allocation-told-cancelled = Allocation { $reference } was cancelled.
allocation-told-answered-for = An answer to proposal { $reference } was written for you.
