// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/faultyapplication.h"

#include <algorithm>

namespace vitrine::backend {
namespace {

using namespace Qt::StringLiterals;
using Action = FaultRule::Action;

bool isRefusal(const FaultRule& rule)
{
    return rule.action == Action::Status || rule.action == Action::Expired;
}

bool isOf(const QList<FaultRule>& faults, Action action)
{
    return std::any_of(faults.cbegin(), faults.cend(),
                       [action](const FaultRule& fault) { return fault.action == action; });
}

bool isCutOff(const QList<FaultRule>& faults, qint64 received)
{
    return std::any_of(faults.cbegin(), faults.cend(), [received](const FaultRule& fault) {
        return fault.action == Action::DropRequest && received >= fault.amount;
    });
}

http::Response dropped()
{
    http::Response response;
    response.dropAfter = 0;
    return response;
}

/// Half of a compressed answer is no half of its JSON.
http::RequestHead uncompressed(http::RequestHead head)
{
    head.headers.set("Accept-Encoding", "identity");
    return head;
}

http::Response spoiled(http::Response response, const QList<FaultRule>& faults)
{
    for (const FaultRule& fault : faults) {
        if (fault.action == Action::Delay)
            response.delay += std::chrono::milliseconds(fault.amount);
        if (fault.action == Action::Drop)
            response.dropAfter = fault.amount;
        if (fault.action == Action::Truncate &&
            response.headers.value("Content-Type").contains("json"))
            response.body.truncate(response.body.size() / 2);
    }
    return response;
}

/// Spoils the answer of another one, and may not even let it have the whole body.
class FaultyExchange final : public http::Exchange
{
public:
    FaultyExchange(std::unique_ptr<http::Exchange> inner, QList<FaultRule> faults)
        : m_inner(std::move(inner)), m_faults(std::move(faults))
    {}

    std::optional<http::Response> take(QByteArrayView piece) override
    {
        m_received += piece.size();
        if (isCutOff(m_faults, m_received))
            return dropped();
        auto early = m_inner->take(piece);
        return early ? std::optional(spoiled(*std::move(early), m_faults)) : std::nullopt;
    }
    http::Response finish() override { return spoiled(m_inner->finish(), m_faults); }
    http::Lane lane() const override { return m_inner->lane(); }

private:
    const std::unique_ptr<http::Exchange> m_inner;
    const QList<FaultRule> m_faults;
    qint64 m_received = 0;
};

} // namespace

FaultyApplication::FaultyApplication(http::Application& inner, const QList<FaultRule>& rules,
                                     quint32 seed, QByteArray signIn)
    : m_inner(inner), m_signIn(std::move(signIn))
{
    for (const FaultRule& rule : rules)
        m_rules.push_back({rule, std::mt19937(seed + quint32(m_rules.size()))});
}

http::Opened FaultyApplication::open(const http::RequestHead& head)
{
    QList<FaultRule> faults = choose(head);
    const auto refusing = std::find_if(faults.cbegin(), faults.cend(), isRefusal);
    if (refusing != faults.cend())
        return spoiled(refusal(*refusing, head), faults);
    if (isCutOff(faults, 0))
        return dropped();
    auto opened = m_inner.open(isOf(faults, Action::Truncate) ? uncompressed(head) : head);
    if (auto* response = std::get_if<http::Response>(&opened))
        return spoiled(std::move(*response), faults);
    if (faults.isEmpty())
        return opened;
    return std::make_unique<FaultyExchange>(
        std::get<std::unique_ptr<http::Exchange>>(std::move(opened)), std::move(faults));
}

http::Response FaultyApplication::problem(int status, const QString& detail) const
{
    return m_inner.problem(status, detail);
}

void FaultyApplication::dress(const http::RequestHead& head, http::Response& response) const
{
    m_inner.dress(head, response);
}

void FaultyApplication::served(const http::RequestHead& head, const http::Served& served)
{
    m_inner.served(head, served);
}

void FaultyApplication::connected(int change)
{
    m_inner.connected(change);
}

QList<FaultRule> FaultyApplication::choose(const http::RequestHead& head)
{
    const std::scoped_lock lock(m_mutex);
    QList<FaultRule> chosen;
    for (Progress& progress : m_rules) {
        if (progress.rule.isFor(head.method, head.path) && strikes(progress))
            chosen.append(progress.rule);
    }
    return chosen;
}

bool FaultyApplication::strikes(Progress& progress)
{
    const FaultRule& rule = progress.rule;
    const double drawn = std::generate_canonical<double, 32>(progress.random);
    const bool isSpent = rule.count >= 0 && progress.done >= rule.count;
    if (progress.met++ < rule.skip || isSpent || drawn >= rule.probability)
        return false;
    ++progress.done;
    return true;
}

// Access asks a program (X-Requested-With) by 401 and everybody else by its login page.
http::Response FaultyApplication::refusal(const FaultRule& rule,
                                          const http::RequestHead& head) const
{
    if (rule.action == Action::Status) {
        http::Response response = problem(int(rule.amount), u"This mistake was asked for."_s);
        if (rule.retryAfter >= 0)
            response.headers.add("Retry-After", QByteArray::number(rule.retryAfter));
        return response;
    }
    http::Response response = problem(401, u"The session has ended. Sign in again."_s);
    if (head.headers.value("X-Requested-With") == "XMLHttpRequest")
        return response;
    response.status = 302;
    response.headers.add("Location", m_signIn);
    return response;
}

} // namespace vitrine::backend
