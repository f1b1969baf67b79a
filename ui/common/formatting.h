// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QSize>
#include <QString>

namespace vitrine::ui {

/// "5.2 MB"; decimal units, as file managers and servers' limits have them.
QString humanSize(qint64 bytes);

/// "4000 × 3000"; empty if the size is.
QString humanDimensions(const QSize& pixels);

/// "today, 09:41", "yesterday, 09:41", "18 November, 09:41", "18 November 2025, 09:41" in local
/// time. \a now decides what today is.
QString humanDate(const QDateTime& time, const QDateTime& now = QDateTime::currentDateTime());

/// "Today", "Yesterday", "18 November", "18 November 2025".
QString humanDay(const QDate& day, const QDate& today = QDate::currentDate());

/// "18 November to today", or the one day if it is one; for the middle of a sentence.
QString humanDays(const QDate& first, const QDate& last, const QDate& today = QDate::currentDate());

} // namespace vitrine::ui
