// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/filename.h"

#include "app/backend/limits.h"

#include <QUrl>

namespace vitrine::backend {
namespace {

using namespace Qt::StringLiterals;

// Overrides and isolates of direction: they make "gpj.exe" look like "exe.jpg".
bool turnsDirection(QChar c)
{
    return (c >= u'\u202a' && c <= u'\u202e') || (c >= u'\u2066' && c <= u'\u2069') ||
           c == u'\u200e' || c == u'\u200f';
}

bool isUnsafe(QChar c)
{
    return c.category() == QChar::Other_Control || c == u'\u2028' || c == u'\u2029' ||
           turnsDirection(c);
}

// Browsers write the three characters that would end the quoted string as percent codes.
QByteArray withoutFormEscapes(QByteArray name)
{
    return name.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n");
}

// The end goes before the suffix, so that the kind of file can still be told.
QString shortened(const QString& name)
{
    if (name.toUtf8().size() <= kMaxNameBytes)
        return name;
    const qsizetype dot = name.lastIndexOf(u'.');
    const bool hasSuffix = dot > 0 && name.size() - dot <= 10;
    const QString suffix = hasSuffix ? name.mid(dot) : QString();
    QString stem = hasSuffix ? name.left(dot) : name;
    while (stem.toUtf8().size() + suffix.toUtf8().size() > kMaxNameBytes)
        stem.chop(stem.size() > 1 && stem.back().isLowSurrogate() ? 2 : 1);
    return stem + suffix;
}

} // namespace

QString safeFileName(const QByteArray& fromForm)
{
    QString name = QString::fromUtf8(withoutFormEscapes(fromForm));
    name.replace(u'\\', u'/');
    name = name.section(u'/', -1);
    name.removeIf(isUnsafe);
    name = shortened(name.trimmed());
    return name.isEmpty() || name == u"."_s || name == u".."_s ? u"image"_s : name;
}

QString fieldText(const QByteArray& fromForm)
{
    QString text = QString::fromUtf8(fromForm);
    text.replace(u"\r\n"_s, u"\n"_s);
    return text.remove(QChar::Null);
}

QByteArray attachmentDisposition(const QString& name)
{
    return "attachment; filename*=UTF-8''" + QUrl::toPercentEncoding(name);
}

} // namespace vitrine::backend
