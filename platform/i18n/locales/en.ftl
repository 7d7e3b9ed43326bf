i18n-today = today
i18n-tomorrow = tomorrow
i18n-yesterday = yesterday
i18n-day-at-hour = { $day } at { $hour }
i18n-day-hours = { $day }, { $hours }
i18n-from-to = from { $from } to { $to }
i18n-moment-until = { $from }, until { $to }
