// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/flows/actbook.h"

#include <algorithm>

namespace vitrine::test {

using namespace Qt::StringLiterals;
using transfer::Kind;
using transfer::Transfer;

namespace {

QString nameOf(const QJsonObject& item)
{
    return item["name"_L1].toString();
}

QString altOf(const QJsonObject& item)
{
    return item["alt"_L1].toString();
}

bool isOf(const Transfer& transfer, const Act& act)
{
    if (transfer.kind != act.kind)
        return false;
    if (act.kind == Kind::Upload)
        return transfer.name == act.name;
    return transfer.imageId == act.id &&
           (act.kind == Kind::Delete || transfer.patch.alt == act.alt);
}

bool isDone(const Act& act, const Items& items)
{
    switch (act.kind) {
    case Kind::Delete:
        return !items.contains(act.id);
    case Kind::Edit:
        return altOf(items.value(act.id)) == act.alt;
    default:
        return std::any_of(items.begin(), items.end(),
                           [&](const QJsonObject& item) { return nameOf(item) == act.name; });
    }
}

} // namespace

void ActBook::confirm(const Act& act)
{
    if (act.kind == Kind::Delete)
        m_alts.remove(act.name);
    else
        m_alts.insert(act.name, act.alt);
}

void ActBook::settle(const QList<Transfer>& waiting, const Items& items)
{
    m_busy.clear();
    for (const Transfer& transfer : waiting)
        m_busy.insert(transfer.imageId);
    for (const Act& act : std::exchange(m_doubts, {})) {
        const bool waits = std::any_of(waiting.begin(), waiting.end(),
                                       [&](const Transfer& one) { return isOf(one, act); });
        if (waits || isDone(act, items))
            confirm(act);
    }
}

QStringList ActBook::untouched(const Items& items) const
{
    QStringList ids;
    for (const QString& id : items.keys()) {
        if (!m_busy.contains(id))
            ids.append(id);
    }
    std::sort(ids.begin(), ids.end(), [&](const QString& left, const QString& right) {
        return nameOf(items[left]) < nameOf(items[right]);
    });
    return ids;
}

QStringList ActBook::compare(const Items& items) const
{
    QStringList wrong;
    QHash<QString, QString> missing = m_alts;
    for (const QJsonObject& item : items) {
        const QString name = nameOf(item);
        if (!missing.contains(name))
            wrong.append(m_alts.contains(name) ? u"%1 is there twice"_s.arg(name)
                                               : u"%1 should not be there"_s.arg(name));
        else if (missing[name] != altOf(item))
            wrong.append(
                u"%1 is \"%2\" and should be \"%3\""_s.arg(name, altOf(item), missing[name]));
        missing.remove(name);
    }
    for (const QString& name : missing.keys())
        wrong.append(u"%1 is missing"_s.arg(name));
    return wrong;
}

} // namespace vitrine::test
