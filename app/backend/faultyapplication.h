// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backend/faultrule.h"
#include "app/backend/http/application.h"

#include <mutex>
#include <random>
#include <vector>

namespace vitrine::backend {

/// An application that makes mistakes on purpose, so that clients can be tried against them. The
/// same requests one after another make the same mistakes for the same seed. Any thread.
class FaultyApplication final : public http::Application
{
public:
    /// \a inner must outlive it. \a signIn: where Access sends who has to sign in.
    FaultyApplication(http::Application& inner, const QList<FaultRule>& rules, quint32 seed,
                      QByteArray signIn);

    http::Opened open(const http::RequestHead& head) override;
    http::Response problem(int status, const QString& detail) const override;
    void dress(const http::RequestHead& head, http::Response& response) const override;
    void served(const http::RequestHead& head, const http::Served& served) override;
    void connected(int change) override;

private:
    /// A rule and how far it has come.
    struct Progress {
        FaultRule rule;
        std::mt19937 random;
        int met = 0;
        int done = 0;
    };

    QList<FaultRule> choose(const http::RequestHead& head);
    static bool strikes(Progress& progress);
    http::Response refusal(const FaultRule& rule, const http::RequestHead& head) const;

    http::Application& m_inner;
    const QByteArray m_signIn;
    std::mutex m_mutex;
    std::vector<Progress> m_rules; ///< under m_mutex
};

} // namespace vitrine::backend
