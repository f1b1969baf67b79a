// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/fetch.h"

#include "app/base/whendone.h"
#include "app/protocol/ownaddress.h"

#include <QPointer>

namespace vitrine::transfer {

Fetch::Fetch(api::ApiClient& client, const api::RetryPolicy& retries, const protocol::Image& image,
             Copy copy, const QString& part, const BodySource& source, QObject* parent)
    : QObject(parent)
    , m_client(client)
    , m_retries(retries)
    , m_image(image)
    , m_copy(copy)
    , m_part(part)
    , m_source(source)
{
    m_wake.setSingleShot(true);
    connect(&m_wake, &QTimer::timeout, this, &Fetch::attempt);
}

Fetch::~Fetch()
{
    m_saving.cancel();
}

QFuture<Result<Fetch::Saved>> Fetch::start()
{
    m_promise.start();
    attempt();
    return m_promise.future();
}

void Fetch::attempt()
{
    ++m_tries;
    if (m_copy == Copy::Original)
        return save(m_client.originalUrl(m_image.id));
    // The server may have moved since: the embedded one has a new port each run.
    if (!m_source.address.isEmpty())
        return save(m_client.server().resolved(QUrl(m_source.address)));
    whenDone(this, m_client.downloadUrl(m_image.id),
             [this](const Result<QUrl>& address) { takeAddress(address, true); });
}

void Fetch::takeAddress(const Result<QUrl>& address, bool isCounted)
{
    if (!address)
        return conclude(failure(address.error()));
    m_source.address = protocol::keptAddress(*address, m_client.server());
    if (isCounted)
        Q_EMIT counted();
    Q_EMIT learnt(m_source);
    save(*address);
}

void Fetch::save(const QUrl& url)
{
    // The request may outlive this, and tell of its progress.
    const QPointer self(this);
    m_saving = m_client.save({.url = url,
                              .path = m_part,
                              .etag = m_source.etag,
                              .progress =
                                  [self](qint64 bytes, qint64 total) {
                                      if (self)
                                          self->follow(bytes, total);
                                  },
                              .begun =
                                  [self](const QByteArray& etag, qint64 total) {
                                      if (self)
                                          self->begin(etag, total);
                                  }});
    whenDone(this, m_saving, [this](const Result<Saved>& saved) { conclude(saved); });
}

void Fetch::begin(const QByteArray& etag, qint64 total)
{
    if (etag == m_source.etag && total == m_source.bytes)
        return;
    m_source.etag = etag;
    m_source.bytes = total;
    Q_EMIT learnt(m_source);
}

// A body that breaks off at the same place each time gets no further tries by that.
void Fetch::follow(qint64 bytes, qint64 total)
{
    if (bytes > m_furthest) {
        m_furthest = bytes;
        m_tries = 1;
        m_hasRenewed = false;
    }
    Q_EMIT moved(bytes, total);
}

void Fetch::conclude(const Result<Saved>& saved)
{
    if (saved)
        return finish(saved);
    const Error& error = saved.error();
    if (renews(error)) {
        const bool isCounted = !m_client.renewsUncounted();
        whenDone(this, m_client.renewedDownloadUrl(m_image.id),
                 [this, isCounted](const Result<QUrl>& url) {
                     m_hasRenewed = url.has_value(); // what fails in passing is tried again
                     takeAddress(url, isCounted);
                 });
    } else if (startsOver(error)) {
        m_hasStartedOver = true;
        m_source.etag.clear();
        attempt();
    } else if (m_retries.waitAfter(error, m_tries)) {
        postpone(error);
    } else {
        finish(saved);
    }
}

// An address that was good once is over after an hour, or when the server's keys were exchanged.
bool Fetch::renews(const Error& error)
{
    return error.kind == ErrorKind::Forbidden && !m_source.address.isEmpty() && !m_hasRenewed;
}

bool Fetch::startsOver(const Error& error)
{
    return error.kind == ErrorKind::Conflict && !m_hasStartedOver;
}

void Fetch::postpone(const Error& error)
{
    m_wake.start(*m_retries.waitAfter(error, m_tries));
    Q_EMIT postponed(error);
}

void Fetch::finish(const Result<Saved>& outcome)
{
    m_promise.addResult(outcome);
    m_promise.finish();
}

} // namespace vitrine::transfer
