//! Typed ids: a lot's id cannot be passed where a collection's is wanted.

/// Declares an id: a UUIDv7 newtype that serde, sqlx and `{}` treat as the UUID itself.
#[macro_export]
macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[derive($crate::serde::Serialize, $crate::serde::Deserialize)]
        #[serde(crate = "kernel::serde", transparent)]
        pub struct $name(pub $crate::uuid::Uuid);

        impl $name {
            /// A new id from the request's world.
            #[must_use]
            pub fn new(cx: &$crate::Cx) -> Self {
                Self(cx.new_uuid())
            }

            /// The bare UUID, for binding to a statement.
            #[must_use]
            pub fn uuid(self) -> $crate::uuid::Uuid {
                self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        $crate::sql_transparent!($name, $crate::uuid::Uuid);
    };
}

/// Lets a one-field tuple struct be bound and read wherever the field itself can, on both engines.
#[macro_export]
macro_rules! sql_transparent {
    ($name:ident, $inner:ty) => {
        impl<DB: $crate::sqlx::Database> $crate::sqlx::Type<DB> for $name
        where
            $inner: $crate::sqlx::Type<DB>,
        {
            fn type_info() -> DB::TypeInfo {
                <$inner as $crate::sqlx::Type<DB>>::type_info()
            }
            fn compatible(ty: &DB::TypeInfo) -> bool {
                <$inner as $crate::sqlx::Type<DB>>::compatible(ty)
            }
        }

        impl<'q, DB: $crate::sqlx::Database> $crate::sqlx::Encode<'q, DB> for $name
        where
            $inner: $crate::sqlx::Encode<'q, DB>,
        {
            fn encode_by_ref(
                &self,
                buf: &mut <DB as $crate::sqlx::Database>::ArgumentBuffer,
            ) -> Result<$crate::sqlx::encode::IsNull, $crate::sqlx::error::BoxDynError> {
                <$inner as $crate::sqlx::Encode<'q, DB>>::encode_by_ref(&self.0, buf)
            }
        }

        impl<'r, DB: $crate::sqlx::Database> $crate::sqlx::Decode<'r, DB> for $name
        where
            $inner: $crate::sqlx::Decode<'r, DB>,
        {
            fn decode(
                value: <DB as $crate::sqlx::Database>::ValueRef<'r>,
            ) -> Result<Self, $crate::sqlx::error::BoxDynError> {
                <$inner as $crate::sqlx::Decode<'r, DB>>::decode(value).map(Self)
            }
        }
    };
}

use crate as kernel;

id!(
    /// A person who uses Tablée: a volunteer, an officer, a driver. Never somebody who is helped.
    PersonId
);
id!(
    /// Any body or informal group: association, CCAS, shop, collective.
    StructureId
);
id!(
    /// A place of a structure.
    SiteId
);
id!(
    /// The collective in which structures coordinate, e.g. CASAAM.
    CoordinationId
);
id!(
    /// A quartier, commune, EPT, métropole or département.
    TerritoryId
);
id!(
    /// A personal link that lets its holder do one thing without an account.
    LinkId
);
