//! The ids of the ledger's things.

kernel::id!(
    /// A lot.
    LotId
);
kernel::id!(
    /// A place, inside or outside.
    PlaceId
);
kernel::id!(
    /// A movement.
    MovementId
);
kernel::id!(
    /// A reservation of part of a lot at a place.
    ReservationId
);
