// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/backend/echoserver.h"

#include "tests/backend/rawclient.h"

namespace vitrine::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace backend::http;

namespace {

ServerLimits shortLimits()
{
    ServerLimits limits;
    limits.connections = 40;
    limits.head = 400ms;
    limits.idle = 1500ms;
    limits.stall = 600ms;
    limits.drain = 1000ms;
    limits.grace = 500ms;
    return limits;
}

} // namespace

void EchoServer::initTestCase()
{
    for (int i = 0; i < 200'000; ++i)
        m_content += QByteArray::number(i) + ' ';
}

void EchoServer::init()
{
    m_echo = std::make_unique<EchoApplication>();
    QVERIFY(m_echo->file.open());
    QCOMPARE(m_echo->file.write(m_content), m_content.size());
    QVERIFY(m_echo->file.flush());
    serve(shortLimits());
}

void EchoServer::serve(const ServerLimits& limits)
{
    auto listening = HttpServer::listen({u"127.0.0.1"_s}, limits);
    QVERIFY(listening);
    m_server = *std::move(listening);
    m_server->serve(*m_echo);
}

void EchoServer::servePatiently()
{
    ServerLimits limits = shortLimits();
    limits.head = limits.idle = limits.stall = limits.drain = 1h;
    serve(limits);
}

void EchoServer::cleanup()
{
    m_echo->waiting.release(100);
    m_server.reset();
}

QByteArray EchoServer::ask(const QByteArray& bytes)
{
    RawClient client(m_server->port());
    client.send(bytes);
    return client.readToEnd();
}

QByteArray EchoServer::host() const
{
    return "Host: 127.0.0.1:" + QByteArray::number(m_server->port()) + "\r\n";
}

QByteArray EchoServer::request(const QByteArray& line, const QByteArray& fields) const
{
    return line + " HTTP/1.1\r\n" + host() + fields + "\r\n";
}

} // namespace vitrine::test
