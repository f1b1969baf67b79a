// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/faultrule.h"

#include <QStringList>

#include <array>
#include <limits>
#include <optional>

namespace vitrine::backend {
namespace {

using namespace Qt::StringLiterals;
using Action = FaultRule::Action;

struct ActionName {
    QLatin1StringView name;
    Action action;
    qint64 least; ///< of its amount
    qint64 most;  ///< 0: it takes none
};

constexpr qint64 kAnyBytes = std::numeric_limits<qint64>::max();
constexpr std::array kActions{
    ActionName{"delay"_L1, Action::Delay, 1, 3'600'000},
    ActionName{"drop"_L1, Action::Drop, 0, kAnyBytes},
    ActionName{"drop-request"_L1, Action::DropRequest, 0, kAnyBytes},
    ActionName{"status"_L1, Action::Status, 400, 599},
    ActionName{"truncate"_L1, Action::Truncate, 0, 0},
    ActionName{"expired"_L1, Action::Expired, 0, 0},
};

std::optional<qint64> number(const QString& text, qint64 least, qint64 most)
{
    bool isNumber = false;
    const qint64 value = text.toLongLong(&isNumber);
    return isNumber && value >= least && value <= most ? std::optional(value) : std::nullopt;
}

bool setInt(int& place, const QString& text)
{
    const auto value = number(text, 0, std::numeric_limits<int>::max());
    place = int(value.value_or(place));
    return value.has_value();
}

bool setAction(FaultRule& rule, const QString& name, const QString& value)
{
    for (const ActionName& known : kActions) {
        if (name != known.name)
            continue;
        rule.action = known.action;
        const auto amount = number(value, known.least, known.most);
        rule.amount = amount.value_or(0);
        return known.most == 0 ? value.isEmpty() : amount.has_value();
    }
    return false;
}

bool setProbability(FaultRule& rule, const QString& value)
{
    bool isNumber = false;
    rule.probability = value.toDouble(&isNumber);
    return isNumber && rule.probability >= 0 && rule.probability <= 1;
}

bool narrow(FaultRule& rule, const QString& name, const QString& value)
{
    if (name == "path"_L1)
        rule.path = value.toLatin1();
    else if (name == "method"_L1)
        rule.method = value.toLatin1().toUpper();
    else if (name == "p"_L1)
        return setProbability(rule, value);
    else if (name == "retry-after"_L1)
        return rule.action == Action::Status && setInt(rule.retryAfter, value);
    else if (name == "skip"_L1)
        return setInt(rule.skip, value);
    else if (name == "count"_L1)
        return setInt(rule.count, value);
    else
        return false;
    return !value.isEmpty();
}

} // namespace

bool FaultRule::isFor(const QByteArray& itsMethod, const QByteArray& itsPath) const
{
    const bool isBeginning = path.endsWith('*');
    const bool isItsPath =
        path.isEmpty() || (isBeginning ? itsPath.startsWith(path.chopped(1)) : itsPath == path);
    return isItsPath && (method.isEmpty() || method == itsMethod);
}

Result<FaultRule> parseFaultRule(const QString& text)
{
    FaultRule rule;
    bool isFirst = true;
    for (const QString& part : text.split(u',')) {
        const QString name = part.section(u'=', 0, 0).trimmed();
        const QString value = part.section(u'=', 1).trimmed();
        const bool isKnown = isFirst ? setAction(rule, name, value) : narrow(rule, name, value);
        if (!isKnown)
            return failure(ErrorKind::InvalidInput,
                           u"\"%1\" in the fault \"%2\""_s.arg(part, text));
        isFirst = false;
    }
    return rule;
}

} // namespace vitrine::backend
