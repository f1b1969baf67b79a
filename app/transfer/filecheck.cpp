// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/filecheck.h"

using namespace Qt::StringLiterals;

namespace vitrine::transfer {
namespace {

struct Finding {
    Error problem;
    Remedy remedy = Remedy::None;
};

Finding finding(ErrorKind kind, Remedy remedy, const QString& detail = {})
{
    return {{kind, detail, {}}, remedy};
}

bool isTooBig(QSize size, const imaging::Limits& limits)
{
    return size.width() > limits.side || size.height() > limits.side ||
           qint64(size.width()) * size.height() > limits.pixels;
}

bool isTooLong(const FileFacts& facts, const ServerRules& rules)
{
    const qint64 pixels = qint64(facts.size.width()) * facts.size.height();
    return rules.animationPixels > 0 && facts.frames > 1 &&
           pixels > rules.animationPixels / facts.frames;
}

/// What has to be mended first; a copy that is made for one reason is made to fit in all respects.
std::optional<Finding> findingOf(const FileFacts& facts, const ServerRules& rules)
{
    if (facts.error)
        return Finding{*facts.error};
    if (facts.isDamaged)
        return finding(ErrorKind::DamagedImage, Remedy::None);
    const QString type = imaging::mediaType(facts.format);
    if (!rules.takes(type))
        return finding(ErrorKind::UnsupportedImage, Remedy::Convert, type);
    if (isTooBig(facts.size, rules.limits))
        return finding(ErrorKind::TooManyPixels, Remedy::ScaleDown);
    if (isTooLong(facts, rules)) // a copy would be a picture that stands still
        return finding(ErrorKind::TooManyFrames, Remedy::None);
    if (facts.sentBytes == 0)
        return finding(ErrorKind::UnsupportedImage, Remedy::Convert, type);
    if (facts.sentBytes > rules.limits.bytes)
        return finding(ErrorKind::TooLarge, Remedy::ScaleDown);
    return std::nullopt;
}

} // namespace

bool FileReport::isSendable(const Choices& choices) const
{
    if (problem)
        return choices.fit && remedy != Remedy::None;
    return !same || choices.again;
}

FileReport check(const FileFacts& facts, const ServerRules& rules, const KnownImages& known)
{
    FileReport report;
    if (const auto found = findingOf(facts, rules)) {
        report.problem = found->problem;
        report.remedy = found->remedy;
    }
    report.same = known.withBytes(facts.sha256);
    if (report.same && !report.problem)
        report.remedy = Remedy::ShareAgain;
    if (!report.same && facts.likeness)
        report.alike = known.alike(*facts.likeness);
    return report;
}

} // namespace vitrine::transfer
