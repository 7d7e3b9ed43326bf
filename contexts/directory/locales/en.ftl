directory-nav = Directory
directory-title = Organisations
directory-count = { $count ->
    [0] No organisation
    [one] One organisation
   *[other] { $count } organisations
 }, in alphabetical order.
directory-search = Search
directory-search-hint = A name, a town, a postcode or a network.
directory-find = Search
directory-every-sector = Every sector
directory-show-all = See every organisation
directory-none-found = No organisation matches
directory-none-found-text = Try with fewer words, or another sector.
directory-empty = The directory is still empty
directory-empty-text = The organisations of your territory will be here, with what each chooses to share. The quickest way: import the spreadsheet you already keep.
directory-take = Take this list away:
directory-take-noted = Each organisation sees that you exported its non-public data.
directory-add = Add an organisation
directory-add-lead = Three answers are enough. The organisation will complete its card itself.
directory-added = The organisation is added. Now invite a person: they can answer and complete the card.
directory-spotted = The organisation is reported. The facilitators will look at its card before it shows.
directory-spotted-mark = reported
directory-spotted-text = This organisation was reported. Its card will show once the facilitators have looked at it and saved it.

directory-name = Name
directory-kind = Kind
directory-sector = Sector
directory-head-network = Head network
directory-head-network-hint = The national network it belongs to, if any.
directory-siret = SIRET
directory-siret-hint = 14 digits. Optional: a group without a number is a full organisation.
directory-rna = RNA number
directory-rna-hint = W and 9 digits, on the prefecture’s receipt. Optional.
directory-accreditation = Food-aid accreditation
directory-level = Participation
directory-description = Presentation
directory-description-hint = What the organisation does, in a few sentences. Nothing about anybody who is helped.
directory-website = Website
directory-website-hint = For example lilas.exemple.fr
directory-contact-name = Whom to reach
directory-contact-phone = Telephone
directory-contact-email = E-mail address
directory-households = Households served
directory-households-hint = In an ordinary week. A number, without any name.
directory-persons = Persons served
directory-wanted = Families wanted
directory-wanted-hint = What helps you most. Nothing ticked: anything suits you.
directory-excluded = Families you cannot take
directory-excluded-hint = They will not be offered to you.
directory-any-family = Any
directory-no-family = None
directory-unknown = Not known
directory-not-shared = not shared
directory-not-shared-long = Not shared with you.
directory-yes = Yes
directory-no = No

directory-section-identity = The organisation
directory-section-about = What it does
directory-section-contact = Contact
directory-section-served = People served
directory-section-wishes = Food wanted
directory-section-place = The place
directory-section-capacity = What the place can keep
directory-section-capacity-hours = Capacity and receiving hours
directory-section-receiving = Receiving hours
directory-section-door = At the door
directory-section-level = Participation

directory-edit = Edit
directory-edit-behalf = Edit on its behalf
directory-edit-of = Card of { $name }
directory-edit-lead = Everything is optional but name, kind and sector. You choose who sees what in “What we share”.
directory-behalf-warning = Entered by { $who } for { $structure }: the organisation will be told.
directory-behalf = entered by { $who } for { $structure }
directory-save = Save
directory-save-mine = Save my version
directory-cancel = Cancel
directory-card-saved = The card is saved.
directory-change-level = Change its participation
directory-confirmed-on = Card confirmed by the organisation on { $when }.
directory-see-card = See the card
directory-back-to-card = Back to the card
directory-conflict = Somebody changed this card while you were writing. Nothing was overwritten: compare the two versions, then choose.
directory-two-versions = What differs
directory-field = Field
directory-mine = Your version
directory-theirs = Saved version
directory-keep-theirs = Keep the saved version

directory-nameless = Write the name of the organisation.
directory-siret-wrong = This SIRET is not right: it has 14 digits, and one of them was probably copied wrongly.
directory-siret-known = An organisation with this SIRET is known already. Look for it in the list.
directory-rna-wrong = An RNA number begins with W and has 9 more characters, for example W931004512.
directory-website-wrong = This web address does not seem complete. Example: lilas.exemple.fr
directory-phone-wrong = This number does not seem complete. Example: 01 48 70 00 00
directory-count-negative = This number cannot be below zero.
directory-family-both = A family is both wanted and excluded. Choose.
directory-description-holds = This text holds a number or an e-mail address. Take it out: Tablée keeps nothing on people who are helped.

directory-places = Places
directory-no-place = No place yet.
directory-add-place = Add a place
directory-place-of = A place of { $name }
directory-new-place-of = New place of { $name }
directory-place-lead = Capacities prevent you from being given more than you can keep.
directory-place-added = The place is added.
directory-place-saved = The place is saved.
directory-place-name = Name of the place
directory-place-name-hint = For example: Rooms in rue Verte
directory-place-nameless = Give the place a name.
directory-place-open = This place is in use
directory-address = Address
directory-postcode = Postcode
directory-postcode-wrong = A postcode has 5 digits, for example 93100.
directory-city = Town
directory-city-missing = Write the town.
directory-point = Position on the map
directory-point-hint = Optional. Paste the coordinates of a map, for example 48.8622, 2.4414
directory-point-wrong = We cannot read these coordinates. Example: 48.8622, 2.4414
directory-dry = Dry
directory-chilled = Chilled
directory-frozen = Frozen
directory-dry-kg = Dry (kg)
directory-chilled-kg = Chilled (kg)
directory-frozen-kg = Frozen (kg)
directory-dock = Unloading dock
directory-dock-ask = A lorry can dock
directory-hub = Common stock
directory-hub-ask = The coordination’s common stock is kept here
directory-hub-hint = A shared platform or warehouse.
directory-receiving = Receiving hours
directory-day-hint = For example: 9:00-12:00, 14h à 17h. Leave days without deliveries empty.
directory-day-wrong = We cannot read the hours of { $day }. Example: 9:00-12:00, 14:00-17:00
directory-hours-unknown = Receiving hours are not known.
directory-door-notes = What to know at the door
directory-door-notes-hint = For example: dock 3, code 4512B, ring twice.

directory-bin = Put in the bin
directory-bin-title = Card created by mistake?
directory-bin-text = It disappears from lists and can be restored for 30 days.
directory-binned = The card is in the bin. You can restore it for 30 days.
directory-unbinned = The card is restored.
directory-has-people = This organisation has its own people: it is for them to leave the coordination.

directory-history = History
directory-history-of = History of { $name }
directory-history-lead = Who changed what, and when.
directory-history-empty = No change yet.
directory-history-fields = { $what }: { $fields }
directory-history-other = Change
directory-history-directory-edit-card = Card edited
directory-history-directory-register-site = Place added
directory-history-directory-edit-site = Place edited
directory-history-network-register-structure = Card created
directory-history-network-join = Joined the coordination
directory-history-network-change-level = Participation changed
directory-history-network-leave = Left the coordination
directory-history-network-unlist = Taken off the directory
directory-history-network-set-scope = Sharing changed
directory-history-network-invite-person = Person invited
directory-history-network-remove-person = Person removed
directory-history-network-remove-person-undo = Person put back
directory-history-network-change-role = Role changed
directory-history-network-bin-structure = Card put in the bin
directory-history-network-bin-structure-undo = Card restored
directory-by-the-machine = by Tablée
directory-changed-name = name
directory-changed-kind = kind
directory-changed-sector = sector
directory-changed-head-network = head network
directory-changed-numbers = numbers
directory-changed-accreditation = accreditation
directory-changed-description = presentation
directory-changed-website = website
directory-changed-contact = contact
directory-changed-served = people served
directory-changed-wishes = food wanted
directory-changed-sites = places

directory-export-card = Card
directory-export-places = Places
directory-told-card = { $who } edited the card of { $structure }, on your behalf.

directory-import = Import my spreadsheet
directory-import-lead = The file you already keep, just as it is. You will see what becomes of each row, and nothing is written before you confirm.
directory-import-file = Your file
directory-import-file-hint = Excel (.xlsx), LibreOffice (.ods) or CSV.
directory-import-read-button = Read the file
directory-import-help = Must the file be prepared?
directory-import-help-text = No. One row per organisation is enough, with at least one column for the name. Columns are recognised, and you can correct them.
directory-import-help-example = For example: Nom de l’asso, CP, Ville, Tél, Adresse mail, Nb de bénéficiaires
directory-import-past = Earlier imports
directory-import-read = to be confirmed
directory-import-written = confirmed
directory-import-undone = undone
directory-import-of = Import of { $file }
directory-import-preview-lead = Nothing is written yet. Look, correct the columns if needed, then confirm.
directory-import-no-file = Choose a file. You had chosen one? Then it is empty.
directory-import-too-large = This file is too heavy: { $megabytes } MB at most. Take pictures out, or save only the sheet you need.
directory-import-old-excel = This is an old Excel format (.xls). Open it, then save it as .xlsx or .csv.
directory-import-encrypted = This file is protected by a password. Save a copy without one.
directory-import-empty = This file holds no row.
directory-import-too-many-rows = This file has more than { $limit } rows. Cut it into several.
directory-import-too-many-columns = This file has more than { $limit } columns. Keep only those you need.
directory-import-cell-too-long = Line { $line }: a cell is far too long. In a CSV file it is often a quotation mark that is not closed.
directory-import-damaged = This file is damaged. Open it in your spreadsheet program, then save it again.
directory-import-not-a-sheet = This file is not a spreadsheet. Send a .xlsx, .ods or .csv file.
directory-import-changed = Somebody changed this import while you were looking at it. Here is where it stands.
directory-import-nothing = No row is left to be written: all are known already, or to be checked.
directory-import-no-name = No column holds the names. Say which one below, then confirm.
directory-import-write = { $count ->
    [0] Confirm
    [one] Confirm: add one organisation
   *[other] Confirm: add { $count } organisations
 }
directory-import-other = Choose another file
directory-import-rows = The rows of the file
directory-import-done = { $count ->
    [one] One organisation is in the directory.
   *[other] { $count } organisations are in the directory.
 } { $completed ->
    [0] {""}
    [one] One card was completed.
   *[other] { $completed } cards were completed.
 } { $left ->
    [0] Every row was taken.
    [one] One row was left out.
   *[other] { $left } rows were left out.
 }
directory-import-is-written = This import is in the directory.
directory-import-is-undone = This import was undone.
directory-import-created = Organisations added
directory-import-kept = Organisations kept
directory-import-kept-why = Changed since the import: it was not taken back.
directory-import-undo = Undo the whole import
directory-import-undone-all = { $count ->
    [one] The import is undone: one organisation was taken back.
   *[other] The import is undone: { $count } organisations were taken back.
 }
directory-import-undone-some = The import is undone, but for what was changed since ({ $kept }): { $names }. Organisations taken back: { $count }.
directory-line = Line
directory-verdict = What becomes of it
directory-verdict-new = New
directory-verdict-known = Known already
directory-verdict-known-text = Its card stays as it is.
directory-verdict-elsewhere-text = It is known elsewhere and will enter your directory. Its card stays as it is.
directory-verdict-check = To be checked
directory-verdict-refused = Refused
directory-counted-new = { $count ->
    [one] New
   *[other] New
}
directory-counted-known = { $count ->
    [one] Known already
   *[other] Known already
}
directory-counted-check = To be checked
directory-counted-refused = { $count ->
    [one] Refused
   *[other] Refused
}
directory-row-without-name = Without a name
directory-row-nameless = This row has no name.
directory-row-name-too-long = The name is too long: 160 characters at most.
directory-doubtful = To be checked: tick those to be added all the same
directory-doubtful-more = { $count ->
    [one] One more row to be checked is not shown. Confirm, then import the same file to see it.
   *[other] { $count } more rows to be checked are not shown. Confirm, then import the same file to see them.
 }
directory-doubt-same-name = An organisation of this name is known already, at another address.
directory-doubt-twice = It is on line { $line } of the file already.
directory-left-out = Left out: { $what }.
directory-note-phone = unreadable telephone number
directory-note-email = unreadable e-mail address
directory-note-website = unreadable website
directory-note-siret = wrong SIRET
directory-note-rna = wrong RNA number
directory-note-postcode = unreadable postcode
directory-note-place = incomplete place (postcode and town are needed)
directory-note-point = unreadable coordinates
directory-note-count = unreadable number
directory-note-receiving = unreadable hours
directory-note-description = presentation that holds a number or an e-mail address
directory-note-kind = unknown kind, taken for “Association”
directory-note-sector = unknown sector, put under “Other”
directory-columns = The columns
directory-columns-lead = Here is what we recognised. Correct what is wrong, and leave “Do not import” for the rest.
directory-columns-save = Read again with these columns
directory-columns-saved = The columns are corrected.
directory-column-none = Do not import
directory-column-nameless = Column { $number }, without a title
directory-column-twice = Two columns are marked “{ $column }”. Keep only one.
directory-column-name = Name of the organisation
directory-column-kind = Kind
directory-column-sector = Sector
directory-column-head_network = Head network
directory-column-address = Address (street)
directory-column-postcode = Postcode
directory-column-city = Town
directory-column-full_address = Full address
directory-column-latitude = Latitude
directory-column-longitude = Longitude
directory-column-phone = Telephone
directory-column-email = E-mail address
directory-column-contact_name = Whom to reach
directory-column-website = Website
directory-column-siret = SIRET
directory-column-rna = RNA number
directory-column-households = Households served
directory-column-persons = Persons served
directory-column-receiving = Receiving hours
directory-column-description = Presentation
directory-act-import-write = A spreadsheet was imported into the directory
directory-act-import-undo = An import was undone
directory-section-who = Identity
directory-columns-ignored = Columns left out: { $names }.
directory-columns-correct = Correct the columns
directory-columns-of = The columns of { $file }

directory-import-complete = { $count ->
    [one] Fill the empty cells of the organisation that is known already
   *[other] Fill the empty cells of the { $count } organisations that are known already
}
directory-import-complete-hint = What they say themselves does not change. They are told, and undoing the import empties these cells again.
directory-note-capacity = capacity or dock not readable
directory-note-families = unknown food family
directory-note-accreditation = accreditation not readable
directory-note-level = level not readable, put down as “In the directory”
directory-column-accreditation = Accreditation
directory-column-dry = Capacity: dry (kg)
directory-column-chilled = Capacity: chilled (kg)
directory-column-frozen = Capacity: frozen (kg)
directory-column-dock = Loading dock
directory-column-wanted = Families wanted
directory-column-excluded = Families excluded
directory-column-level = Level of participation

directory-history-directory-confirm-card = Card confirmed
directory-known-lead = An organisation of this name or number is known already. If it is the one, there is no need to type it again: it has one card and can take part in several coordinations.
directory-known-member = In your directory already
directory-known-ask = Ask the facilitators to let it in.
directory-known-other = It is another organisation: add it all the same
directory-known-asks-itself = This organisation has leads of its own: it asks for its place itself, from “What we share”.
directory-known-here = It is in your directory already.
directory-let-in = The organisation is in your directory now. Its card stays its own.
directory-let-in-button = Let it in
