// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/safename.h"

#include <QFileInfo>

namespace vitrine::transfer {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kMaxBytes = 180; // leaves room for " (12)" and a temporary suffix in 255
constexpr qsizetype kMaxSuffix = 12;

bool isHarmless(char32_t c)
{
    const auto category = QChar::category(c);
    return category != QChar::Other_Control && category != QChar::Other_Format &&
           category != QChar::Other_Surrogate && category != QChar::Separator_Line &&
           category != QChar::Separator_Paragraph && c != U'/' && c != U'\\' && c != U'\uFFFD';
}

QString shortened(QString stem, qsizetype bytes)
{
    while (stem.toUtf8().size() > bytes) {
        const bool isPair = stem.size() > 1 && stem.back().isLowSurrogate();
        stem.chop(isPair ? 2 : 1);
    }
    return stem;
}

} // namespace

QString safeName(const QString& name)
{
    QString kept;
    const auto characters = name.mid(name.lastIndexOf(u'/') + 1).toUcs4();
    for (const char32_t c : characters) {
        if (isHarmless(c))
            kept += QString::fromUcs4(&c, 1);
    }
    kept = kept.simplified();
    if (kept.startsWith(u'.') && !characters.startsWith(U'.')) // nothing is left before its ending
        kept.prepend(u"image"_s);
    while (kept.startsWith(u'.'))
        kept.remove(0, 1);
    const QString suffix = QFileInfo(kept).suffix().left(kMaxSuffix);
    QString stem = suffix.isEmpty() ? kept : kept.left(kept.lastIndexOf(u'.'));
    stem = shortened(stem, kMaxBytes - suffix.toUtf8().size() - 1);
    if (stem.isEmpty())
        stem = u"image"_s;
    return suffix.isEmpty() ? stem : stem + u'.' + suffix;
}

QString portableName(const QString& safeName)
{
    QString name = safeName;
    for (QChar& c : name) {
        if (u"<>:\"|?*"_s.contains(c))
            c = u'_';
    }
    while (name.endsWith(u'.') || name.endsWith(u' '))
        name.chop(1);
    return name.isEmpty() ? u"image"_s : name;
}

QString numberedName(const QString& name, int number)
{
    if (number == 1)
        return name;
    const QString suffix = QFileInfo(name).suffix();
    const QString stem = suffix.isEmpty() ? name : name.chopped(suffix.size() + 1);
    const QString result = u"%1 (%2)"_s.arg(stem, QString::number(number));
    return suffix.isEmpty() ? result : result + u'.' + suffix;
}

} // namespace vitrine::transfer
