// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backend/http/application.h"
#include "app/backend/http/conditional.h"

#include <QSemaphore>
#include <QTemporaryFile>

#include <atomic>
#include <stdexcept>

namespace vitrine::test {

/// Answers with what it was asked, throws on demand, waits on demand, takes bodies up to a limit.
class EchoApplication final : public backend::http::Application
{
public:
    using Exchange = backend::http::Exchange;
    using FileRange = backend::http::FileRange;
    using OpenFile = backend::http::OpenFile;
    using Opened = backend::http::Opened;
    using RequestHead = backend::http::RequestHead;
    using Response = backend::http::Response;
    using Served = backend::http::Served;

    static constexpr qsizetype kLimit = 1'000'000;

    class Body final : public Exchange
    {
    public:
        explicit Body(std::atomic<int>& ended) : m_ended(ended) {}
        ~Body() override { ++m_ended; }
        std::optional<Response> take(QByteArrayView piece) override
        {
            m_size += piece.size();
            if (piece.contains('!'))
                throw std::runtime_error("asked for");
            return m_size > kLimit ? std::optional(Response{413, {}, "too large", {}})
                                   : std::nullopt;
        }
        Response finish() override { return {200, {}, "took " + QByteArray::number(m_size), {}}; }

    private:
        std::atomic<int>& m_ended;
        qsizetype m_size = 0;
    };

    Opened open(const RequestHead& head) override
    {
        if (head.path == "/throw")
            throw std::runtime_error("asked for");
        if (head.path == "/wait") {
            ++waitingClients;
            waiting.acquire();
        }
        if (head.path == "/refuse")
            return Response{403, {}, "Access denied.", {}};
        if (head.path == "/delay")
            return Response{403, {}, "later", {}, std::chrono::milliseconds(300)};
        if (head.path == "/punish")
            return Response{403, {}, "much later", {}, std::chrono::seconds(60)};
        if (head.path == "/tear")
            return torn(fileResponse());
        if (head.path == "/file")
            return conditional(head, fileResponse());
        if (head.method == "POST")
            return std::make_unique<Body>(endedBodies);
        return Response{200, {{"Content-Type", "text/plain"}}, "at " + head.path, {}};
    }
    Response problem(int status, const QString& detail) const override
    {
        return {status, {}, detail.toUtf8(), {}};
    }

    void served(const RequestHead&, const Served& served) override
    {
        sentBytes += served.bytes;
        incomplete += served.isComplete ? 0 : 1;
    }
    void connected(int change) override { clients += change; }

    QSemaphore waiting;
    std::atomic<int> waitingClients = 0; // ever
    std::atomic<int> endedBodies = 0;
    std::atomic<qint64> sentBytes = 0;
    std::atomic<int> incomplete = 0;
    std::atomic<qsizetype> clients = 0;
    QTemporaryFile file;

private:
    static Response torn(Response response)
    {
        response.dropAfter = 1000;
        return response;
    }
    Response fileResponse() const
    {
        Response response;
        const auto opened = OpenFile::open(file.fileName());
        response.headers.add("ETag", "\"tag\"");
        response.file = FileRange{opened, 0, opened->size()};
        return response;
    }
};

} // namespace vitrine::test
