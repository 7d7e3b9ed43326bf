i18n-today = aujourd’hui
i18n-tomorrow = demain
i18n-yesterday = hier
i18n-day-at-hour = { $day } à { $hour }
i18n-day-hours = { $day }, { $hours }
i18n-from-to = de { $from } à { $to }
i18n-moment-until = { $from }, jusqu’à { $to }
