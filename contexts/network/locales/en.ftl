network-nav-coordination = Coordination
network-nav-structure = My organisation
network-save = Save
network-back = Go back
network-change = Change
network-choose = Choose…
network-name = Name
network-kind = Kind
network-sector = Sector
network-head-network = Head network
network-siret = SIRET
network-rna = RNA number
network-accreditation = Accreditation
network-coordination = Coordination
network-level = Level of participation
network-since = Since
network-person = Person
network-email = E-mail address
network-role = Role
network-group = Data
network-scope = Visible to
network-named = Organisations named
network-day = Day
network-reader = Organisation
network-what = Data
network-surface = Where
network-times = Times
network-structure = Organisation
network-structures = Organisations
network-reason = Reason
network-reason-hint = In one sentence. Every member can read it.
network-reason-missing = Say why in one sentence: every member will read it.
network-reason-given = Reason: { $reason }

network-kind-association = Association
network-kind-ccas = Municipal social centre (CCAS)
network-kind-commerce = Shop
network-kind-ess = Social economy company
network-kind-service_public = Public service
network-kind-collectif = Citizens’ group
network-kind-entreprise = Company
network-kind-producteur = Producer
network-kind-autre = Other

network-sector-aide_alimentaire = Food aid
network-sector-social = Social action
network-sector-solidarite = Solidarity
network-sector-sante = Health
network-sector-enfance = Childhood and family
network-sector-seniors = Older people
network-sector-developpement_economique = Economic development
network-sector-collectif_citoyen = Citizens’ groups
network-sector-ess = Social and solidarity economy
network-sector-commerce = Trade
network-sector-agriculture = Farming
network-sector-autre = Other

network-seat-aide_alimentaire = Food aid
network-seat-social = Social
network-seat-solidarite = Solidarity
network-seat-sante = Health
network-seat-enfance = Childhood
network-seat-seniors = Seniors
network-seat-developpement_economique = Economy
network-seat-collectif_citoyen = Citizens
network-seat-ess = Social economy
network-seat-commerce = Trade
network-seat-agriculture = Farming
network-seat-autre = Other

network-accreditation-nationale = National accreditation
network-accreditation-regionale = Regional accreditation
network-accreditation-non_concernee = Not concerned
network-accreditation-aucune = No accreditation
network-accreditation-inconnue = Not known

network-level-listed = In the directory
network-level-listed-hint = The organisation is in the directory, nothing more.
network-level-reader = Reader
network-level-reader-hint = It reads what the others share with the coordination.
network-level-contributor = Contributor
network-level-contributor-hint = It offers collections, reserves and makes requests.
network-level-signatory = Signatory of the charter
network-level-signatory-hint = It has signed the charter and takes part in decisions.

network-role-lead = Lead
network-role-lead-hint = Looks after the card, the people and what is shared.
network-role-member = Member
network-role-member-hint = Does the day’s work, and keeps the card and the places up to date.
network-role-volunteer = Volunteer
network-role-volunteer-hint = Offers, reserves, collects, receives and counts for the organisation.

network-group-identity = Identity and places
network-group-identity-hint = Name, kind, sector, addresses.
network-group-contact = Contact
network-group-contact-hint = Whom to reach, by telephone or e-mail.
network-group-capacity = Capacity and hours
network-group-capacity-hint = Dry, chilled and frozen storage, dock, receiving hours.
network-group-public_served = People served
network-group-public_served-hint = How many households and persons, without any name.
network-group-wishes = Food wanted
network-group-wishes-hint = The families you are glad of and those you cannot take.
network-group-stock = Stock
network-group-stock-hint = What you have in store.
network-group-figures = Figures
network-group-figures-hint = What you received and handed out.

network-scope-me = Leads only
network-scope-me-hint = Nobody else, not even your volunteers.
network-scope-structure = Our organisation
network-scope-structure-hint = Everybody in your organisation.
network-scope-named = Organisations we name
network-scope-named-hint = Your organisation, and those you tick below.
network-scope-coordination = The whole coordination
network-scope-coordination-hint = Every organisation that takes part, from the level of reader.
network-scope-public = Everybody
network-scope-public-hint = Even people without an account.

network-surface-page = A page
network-surface-list = A list
network-surface-export = An export
network-surface-mail = An e-mail
network-surface-api = An automatic exchange
network-surface-form = A form
network-surface-search = A search

network-coordination-title = The coordination
network-coordination-lead = { $count ->
    [one] One organisation around the table
   *[other] { $count } organisations around the table
 }. { $place }
network-table-title = Who is at the table
network-table-full = All { $count } sectors that are expected are there.
network-table-in-words = { $count ->
    [0] No sector is there
    [one] One sector is there
   *[other] { $count } sectors are there
 }. Empty seats: { $empty }.
network-no-seat-empty = Every expected sector is at the table.
network-seats-empty = Missing at the table: { $sectors }.
network-members = Members by sector
network-and-more = { $count ->
    [one] and one more
   *[other] and { $count } more
 }
network-nobody-title = Nobody is at the table yet
network-nobody-text = The organisations of your territory will be here, by sector. Add the first, or import your spreadsheet.
network-nobody-button = Add an organisation

network-facilitation-title = Co-facilitation
network-rule-holds = Several people from different organisations facilitate the coordination together.
network-rule-one-structure = All facilitators come from the same organisation. There must be at least two, from two different organisations.
network-rule-one-person = Only one person facilitates the coordination. There must be at least two, from two different organisations.
network-rule-nobody = Nobody facilitates the coordination at the moment. There must be at least two people, from two different organisations.
network-facilitator-of = { $structure }, since { $since }
network-name-facilitator = Name a co-facilitator
network-name-facilitator-lead = The person must already belong to an organisation of the coordination. They will be told, and every member will see it.
network-name-facilitator-button = Hand over co-facilitation
network-facilitator-email-hint = The one their organisation knows.
network-not-of-structure = We find nobody at this address in that organisation. Check the address, or ask the organisation to invite them.
network-structure-not-in = This organisation does not take part in the coordination, or only in the directory.
network-facilitator-already = This person is a co-facilitator already.
network-facilitator-named = Done: { $name } now co-facilitates the coordination.
network-end-turn = End this turn
network-end-turn-of = End of { $name }’s turn
network-end-turn-lead = The person remains a member of their organisation. Every member will see that the turn is over.
network-turn-ended = The turn of co-facilitation is over.

network-journal-title = What the facilitators did
network-journal-lead = Nothing is hidden: every member reads these acts.
network-journal-empty = No act of facilitation yet.
network-by-the-machine = by Tablée
network-act-other = Act of facilitation ({ $action })
network-act-create-coordination = Coordination opened
network-act-join = { $structure } joins the coordination ({ $level })
network-act-change-level = { $structure } changes level: { $level }
network-act-leave = { $structure } leaves the coordination
network-act-name-facilitator = A new co-facilitator
network-act-allocation-prepare = Allocation prepared
network-act-allocation-validate = Allocation validated
network-act-allocation-adjust = Allocation adjusted by hand
network-act-allocation-add-line = Line added to an allocation
network-act-allocation-cancel = Allocation cancelled
network-act-allocation-set-rule = Rule of allocation changed
network-act-collections-propose-agreement = Agreement proposed
network-act-goods-add-family = Family of food added
network-act-goods-edit-family = Family of food edited
network-act-goods-add-packaging = Packaging added
network-act-goods-edit-packaging = Packaging edited
network-act-goods-remove-packaging = Packaging removed
network-act-unlist = { $structure } taken off the directory
network-act-step-down = End of a turn of co-facilitation

network-level-of = How { $name } takes part
network-level-lead = Each level is useful by itself. The organisation is told of the change.
network-level-changed = The level of participation is saved.

network-own-pages = Pages of my organisation
network-tab-card = Our card
network-tab-sharing = What we share
network-tab-people = Our people
network-tab-choose = Change organisation

network-sharing-title = What we share
network-sharing-lead = { $name } decides what the others see. You can change at any time, with immediate effect.
network-sharing-caption = Who sees what
network-who-sees = Who can see it
network-shared-with-named = Our organisation and: { $names }
network-scope-of = { $group }: who can see it?
network-named-which = Which ones?
network-named-hint = Only if you chose “Organisations we name”.
network-nobody-named = Tick at least one organisation.
network-unknown-named = One of the organisations you ticked is no more. Check your choice.
network-scope-set = { $group }: { $scope }. It is saved.
network-scope-conflict = Another lead has just chosen “{ $scope }”. Nothing was overwritten. Your choice is below: save it to replace theirs, or go back.

network-readings-title = Who read our data
network-readings-lead = Each time another organisation sees or exports your non-public data, it is noted here: the organisation, never the person.
network-readings-empty-title = Nobody read your non-public data
network-readings-empty-text = The readings of the last twelve months will be here.
network-readings-more = { $count ->
    [one] One more line is in the export.
   *[other] { $count } more lines are in the export.
 }

network-take-title = Take our data away
network-take-lead = Everything Tablée knows of your organisation, as tables (CSV) and as JSON, in one file.
network-take-button = Download all our data
network-export-identity = Identity
network-export-seats = Coordinations
network-export-people = People
network-export-scopes = Sharing
network-export-readings = Readings

network-seats-title = Our coordinations
network-seats-none = Your organisation takes part in no coordination.
network-seat-level = Level of participation: { $level }
network-leave = Leave the coordination
network-leave-hint = The others stop reading your data at once. You may come back for 30 days.
network-left = Your organisation has left { $name }. You may come back for 30 days.
network-back-in = Your organisation is back in its place.
network-already-in = Your organisation takes part in this coordination already.

network-people-title = Our people
network-people-lead = The people who act for { $name } in Tablée.
network-people-empty-title = Nobody yet
network-people-empty-text = The people of your organisation will be here. Invite two at least: one may be away.
network-role-since = { $role }, since { $since }
network-change-role = Change role
network-remove = Remove
network-leave-structure = Leave the organisation
network-invite-title = Invite somebody
network-invite-lead = They get an e-mail with a personal link, valid for 14 days. No password.
network-invite = Send the invitation
network-person-name = First and last name
network-person-nameless = Write the person’s name.
network-person-already = This person belongs to your organisation already.
network-invited = Invitation sent to { $name }.
network-role-of = { $name }’s role
network-role-page-lead = An organisation always keeps at least one lead.
network-role-changed = The role is saved.
network-last-lead = This is the only lead. Give somebody else that role first.
network-person-removed = The person no longer belongs to the organisation.
network-person-back = The person is back in their place.

network-choose-title = For whom do you act?
network-choose-lead = Choose whom you act for: every page follows that choice.
network-choose-empty-title = You belong to no organisation
network-choose-empty-text = Ask the lead of your organisation to invite you.
network-role-in = { $role }, in { $coordination }
network-role-alone = { $role }, outside any coordination
network-current = Current choice
network-act-for = Act for
network-chosen = You now act for { $name }.

network-invitation-title = Invitation
network-invitation-hello = Welcome { $name }
network-invitation-lead = { $structure } invites you into Tablée. Your role: { $role }.
network-come-in = Come in
network-shared-computer = This computer is shared: sign me out after 4 hours
network-invitation-foot = If you did not expect this invitation, close this page: nothing happens.
network-welcome = Welcome. You have come in on this device.

network-told-joined = { $structure } now takes part in { $coordination }, at the invitation of { $who }.
network-told-level = { $who } changed how { $structure } takes part in { $coordination }.
network-told-left = { $structure } has left the coordination.
network-told-invited = { $who } invites you to join { $structure } in Tablée. This link is valid for { $days } days.
network-told-person-added = { $who } invited { $person } into { $structure }, on your behalf.
network-told-role = { $who } changed the people of { $structure }, on your behalf.
network-told-facilitator = { $who } hands you the co-facilitation of { $coordination }.
network-told-stepped-down = Your turn of co-facilitation of { $coordination } is over.

network-meetings-title = Next meetings
network-meetings-none = No meeting is announced for the moment.
network-meeting-title = Meeting
network-meeting-head = Meeting: { $when }
network-meeting-call = Announce a meeting
network-meeting-call-lead = All members will see it here, and on their home page a week before. They can put it into their calendar.
network-meeting-call-button = Announce the meeting
network-meeting-day = Which day?
network-meeting-from = From
network-meeting-to = To
network-meeting-place = Where?
network-meeting-place-hint = A room and its address, or the link of the video call.
network-meeting-agenda = The agenda
network-meeting-agenda-hint = One point a line, one sentence each. No name of anybody who is helped.
network-meeting-no-agenda = It is not written yet.
network-meeting-called = The meeting is announced. Members will be told.
network-meeting-ends-first = The meeting ends before it begins.
network-meeting-past = That moment has passed.
network-meeting-nowhere = Write the place.
network-meeting-take = Put into my calendar
network-meeting-back = Back to the coordination
network-meeting-in-calendar = Meeting: { $coordination }
network-meeting-cancel = Cancel the meeting
network-meeting-cancel-lead = All members are told at once, by e-mail.
network-meeting-cancel-reason = Why?
network-meeting-cancel-hint = One sentence that everybody reads. Example: the room is no longer free, new date soon.
network-meeting-cancelled = The meeting is cancelled. Members are told.
network-meeting-is-cancelled = This meeting is cancelled: { $reason }
network-meeting-cancelled-mark = Cancelled
network-meeting-not-ahead = This meeting is over or cancelled.
network-wait-meeting = Meeting { $when }
network-wait-meeting-action = Read the agenda
network-act-call-meeting = Meeting announced
network-act-cancel-meeting = Meeting cancelled
network-told-meeting = Meeting of { $coordination } on { $day } at { $atHour }:{ $atMinute }, { $place }
network-told-meeting-cancelled = The meeting of { $day } at { $atHour }:{ $atMinute } ({ $coordination }) is cancelled: { $reason }

network-common-title = What we have in common
network-common-foods = Foods, their families and their yardsticks
network-nobody-text-reader = The organisations of your territory will be here, by sector.
network-people-of-title = People of an organisation
network-people-behalf = Entered by { $who } for { $structure }: the organisation will be told.
network-see-card = See the card
network-see-structures = See the organisations
network-invite-person = Invite a person
network-without-people-title = Organisations without anybody
network-without-people-lead = Nobody can act for these organisations yet, nor complete their card. Invite somebody: a name and an address are enough.
network-without-people-none = Every organisation has somebody
network-without-people-none-text = Organisations that are added or imported show here until somebody is invited.
network-wait-without-people = { $count ->
    [one] One organisation has nobody yet
   *[other] { $count } organisations have nobody yet
}
network-wait-without-people-detail = Invite somebody, so that it answers by itself.
network-wait-without-people-action = See the list
network-seat-asks-title = Asking to join
network-seat-asks-lead = These organisations take part elsewhere and ask to join your coordination.
network-seat-asks-none = Nobody asks
network-seat-asks-none-text = When an organisation of another coordination asks to join yours, it will be here.
network-seat-asked-since = Asked { $moment }
network-seat-accept = Welcome it
network-seat-accepted = The organisation now takes part in the coordination.
network-seat-decline = Do not welcome it
network-seat-decline-button = Answer no
network-seat-declined = Noted. The organisation is told.
network-seat-ask-title = Join another coordination
network-seat-ask-which = Which one?
network-seat-ask-hint = Its facilitators are told and answer you. Your card stays one and the same.
network-seat-ask-button = Ask to join it
network-seat-asked = Sent to the facilitators.
network-seat-already-asked = This is waiting for an answer already.
network-seat-choose = Choose a coordination.
network-seat-waits = { $name }: your request waits for an answer.
network-wait-seats = { $count ->
    [one] { $name } asks to join the coordination
   *[other] { $count } organisations ask to join the coordination
}
network-wait-seats-detail = Your answer is awaited.
network-wait-seats-action = Answer
network-told-seat-asked = { $structure } asks to join { $coordination }.
network-told-seat-refused = { $coordination } cannot welcome you for the moment: { $reason }
network-told-invited-first = You are invited into Tablée, for { $structure }. This link is good for { $days } days.
network-told-facilitator-first = You now co-facilitate { $coordination }.
network-act-by = by { $who }
network-name-kept = An organisation
