// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/formatting.h"

#include <QCoreApplication>
#include <QLocale>

namespace vitrine::ui {

using namespace Qt::StringLiterals;

namespace {

struct Formatting {
    Q_DECLARE_TR_FUNCTIONS(vitrine::ui::Formatting)
};

QString plainDay(const QDate& day, const QDate& today)
{
    //: A date format of Qt: day and month of this year.
    const QString thisYear = Formatting::tr("d MMMM");
    //: A date format of Qt: day, month and year.
    const QString otherYear = Formatting::tr("d MMMM yyyy");
    return QLocale().toString(day, day.year() == today.year() ? thisYear : otherYear);
}

QString dayInText(const QDate& day, const QDate& today)
{
    if (day == today)
        return Formatting::tr("today");
    if (day.daysTo(today) == 1)
        return Formatting::tr("yesterday");
    return plainDay(day, today);
}

QString timeOfDay(const QTime& time)
{
    // The C locale's short format has seconds.
    const QLocale locale;
    return locale.language() == QLocale::C ? time.toString(u"HH:mm"_s)
                                           : locale.toString(time, QLocale::ShortFormat);
}

} // namespace

QString humanSize(qint64 bytes)
{
    const int decimals = bytes < 10'000'000 ? 1 : 0;
    return QLocale().formattedDataSize(bytes, decimals, QLocale::DataSizeSIFormat);
}

QString humanDimensions(const QSize& pixels)
{
    if (pixels.isEmpty())
        return {};
    //: Width and height of a picture in pixels.
    return Formatting::tr("%1 × %2").arg(pixels.width()).arg(pixels.height());
}

QString humanDate(const QDateTime& time, const QDateTime& now)
{
    const QDateTime local = time.toLocalTime();
    const QDate today = now.toLocalTime().date();
    //: A day ("today", "18 November") and a time of day.
    return Formatting::tr("%1, %2").arg(dayInText(local.date(), today), timeOfDay(local.time()));
}

QString humanDay(const QDate& day, const QDate& today)
{
    if (day == today)
        return Formatting::tr("Today");
    if (day.daysTo(today) == 1)
        return Formatting::tr("Yesterday");
    return plainDay(day, today);
}

QString humanDays(const QDate& first, const QDate& last, const QDate& today)
{
    if (first == last)
        return dayInText(first, today);
    //: From one day to another.
    return Formatting::tr("%1 to %2").arg(dayInText(first, today), dayInText(last, today));
}

} // namespace vitrine::ui
