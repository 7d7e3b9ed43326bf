requests-nav = Requests
requests-board-title = Requests
requests-board-lead = What organisations need, day by day.
requests-new = Make a request
requests-standings = Standing requests
requests-filter = Which requests?
requests-filter-all = All
requests-filter-mine = Ours
requests-empty-title = No open requests
requests-empty-text = Requests for food will appear here, with their day and quantities. Say what you need: the evening allocation takes it into account.
requests-reader-text = Your organisation’s requests will appear here. It takes part as a reader: to ask for goods, it has to become a contributor. Talk to your coordination.
requests-totals = Still wanted in all
requests-export = Take this list away:
requests-export-all = Our requests
requests-column-reference = Reference
requests-column-structure = Organisation
requests-column-day = Day
requests-column-family = Family
requests-column-temperature = Temperature
requests-column-wanted = Wanted (kg)
requests-column-served = Handed over (kg)
requests-column-left = Left (kg)
requests-own = Your organisation
requests-from-standing = Standing
requests-scope = Seen by the contributing organisations of the coordination
requests-crumbs = Breadcrumb
requests-kg = kg

requests-new-title = What do you need?
requests-new-lead = Enter the kilograms you can use, family by family. Leave the rest empty.
requests-on-behalf-of = You are writing for { $structure }. They will be told.
requests-for-another = Write for another organisation
requests-choose = Choose
requests-field-day = For which day?
requests-field-households = Households
requests-field-households-hint = A number, never names.
requests-field-persons = Persons
requests-field-persons-hint = If you know it.
requests-field-note = Details
requests-field-note-hint = For example: no pork, small packages. Name nobody.
requests-field-site = Where do you need it?
requests-field-any-site = Anywhere
requests-reckon = Work out the kilograms for these households
requests-reckoned = The coordination’s yardsticks, a week of needs for { $persons ->
    [one] one person
   *[other] { $persons } persons
  }. If you ask for a shorter time, lower the figures.
requests-reckon-needs-count = Enter a number of households or persons to work it out.
requests-families = How many kilograms?
requests-families-hint = A number such as 12 or 12.5.
requests-storage = Your card says that you can keep { $dry } dry, { $chilled } chilled and { $frozen } frozen.
requests-storage-unknown = Your card does not say yet what you can keep: chilled and frozen goods cannot be proposed to you.
requests-send = Send the request
requests-save = Save
requests-help-title = What becomes of a request?
requests-help-text = Contributing organisations can see it. Every evening the allocation proposes what is in stock, taking into account the people you serve. You accept or refuse, without having to explain.
requests-help-example = Example: 20 kg of dairy and 15 kg of starches for 40 households, on Thursday.

requests-edit-title = Change request { $reference }
requests-edit = Change
requests-withdraw = Take the request back
requests-restore = Put the request back
requests-ask-again = Ask again
requests-see-standing = See the standing request
requests-conflict-title = Somebody changed this request before you
requests-conflict-text = Nothing was overwritten. Here is what is recorded now; what you typed is kept below. Check it, then save.
requests-theirs-day = For { $day }
requests-theirs-line = { $family }: { $mass }

requests-one-lead = Needed { $day }
requests-figures = What was asked, proposed, accepted and handed over
requests-col-family = Family
requests-col-wanted = Asked
requests-col-suggested = Proposed
requests-col-accepted = Accepted
requests-col-served = Handed over
requests-reference = Reference
requests-total = Asked in all
requests-people = For
requests-for-both = { $households ->
    [one] one household
   *[other] { $households } households
  }, { $persons ->
    [one] one person
   *[other] { $persons } persons
  }
requests-for-households = { $households ->
    [one] one household
   *[other] { $households } households
  }
requests-for-persons = { $persons ->
    [one] one person
   *[other] { $persons } persons
  }
requests-behalf = written by { $person } for { $structure }
requests-trail = History
requests-trail-post = Request written
requests-trail-edit = Request changed
requests-trail-close = Request taken back
requests-trail-restore = Request put back
requests-trail-confirm = Confirmed as still right
requests-trail-expire = Request lapsed
requests-trail-suggested = { $mass } proposed
requests-trail-accepted = { $mass } accepted
requests-trail-serve = { $mass } handed over

requests-state-open = Waiting
requests-state-partly-served = Partly served
requests-state-served = Served
requests-state-withdrawn = Taken back
requests-state-expired = Lapsed

requests-standings-lead = The same need every week? Write it once, Tablée asks again for you a week ahead.
requests-standings-empty-title = No standing requests
requests-standings-empty-text = Your regular needs will appear here, for instance every Tuesday. You will not have to type them again.
requests-standing-new = Add a standing request
requests-standing-new-title = A need that comes back
requests-standing-edit-title = Standing request: { $rhythm }
requests-field-weekday = Which day?
requests-field-rhythm = How often?
requests-field-starts = From
requests-field-ends = Until
requests-field-ends-hint = Leave empty if it has no end.
requests-every = { $weeks ->
    [1] Every week
   *[other] Every { $weeks } weeks
  }
requests-rhythm = { $weekday ->
    [1] On Mondays
    [2] On Tuesdays
    [3] On Wednesdays
    [4] On Thursdays
    [5] On Fridays
    [6] On Saturdays
   *[7] On Sundays
  }, { $weeks ->
    [1] every week
   *[other] every { $weeks } weeks
  }
requests-next = next: { $day }
requests-paused = Paused
requests-pause = Pause
requests-resume = Resume
requests-end = End for good

requests-confirm-title = Is this request still right?
requests-confirm-button = Still right
requests-confirm-done = Thank you, it is noted: the request is right.
requests-confirm-edit = No, change it
requests-confirm-sign-in = To change it, sign in or call your coordination.
requests-confirmed-last = Confirmed { $moment }

requests-wait-standing = Is your { $weekday ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
  } request still right?
requests-wait-request = Is request { $reference } still right?
requests-wait-action = Confirm

requests-notice-posted = Request { $reference } sent.
requests-notice-posted-big = Request { $reference } sent. It is more than your card says you can keep: the allocation will stop at the room you have.
requests-notice-edited = Request { $reference } saved.
requests-notice-withdrawn = Request { $reference } taken back.
requests-notice-restored = Request { $reference } put back.
requests-notice-confirmed = Thank you, the request is confirmed.
requests-notice-standing = Standing request saved. What falls within the week has already been requested.
requests-notice-paused = Standing request paused.
requests-notice-resumed = Standing request resumed.
requests-notice-ended = Standing request ended.

requests-refused-nothing = Enter one quantity at least.
requests-refused-quantity = This quantity is empty or too large: 25 tonnes at most per family.
requests-refused-twice = This family is already asked for.
requests-refused-count = Enter a plausible number of persons or households.
requests-refused-day-past = This day is past. Choose today or later.
requests-refused-day-too-far = That is too far: six months ahead at most.
requests-refused-family = The coordination no longer offers this family.
requests-refused-below-served = You were already handed more: the quantity cannot go below what was handed over.
requests-refused-site = This place is not one of the organisation’s.
requests-refused-not-a-member = This organisation is not part of the coordination.
requests-refused-over = This request is closed. You can make a new one.
requests-refused-rhythm = The end is before the start, or this rhythm is not possible.

requests-link-confirm = Confirm a request
requests-told-posted-for = Request { $reference } was written for you.
requests-told-edited-for = Your request { $reference } was changed for you.
requests-told-closed-for = Your request { $reference } was taken back for you.
requests-told-restored-for = Your request { $reference } was put back for you.
requests-told-standing-for = One of your standing requests was written or changed for you.
requests-told-expired = Your request { $reference } has lapsed. You can make a new one.
requests-told-resting = Your { $weekday ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
  } standing request is paused, as nobody confirmed it. One click resumes it.
requests-told-confirm-standing = Is your { $weekday ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
  } request still right? One button is enough.
requests-told-confirm-request = Is your request { $reference } still right? One button is enough.
