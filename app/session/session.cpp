// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/session.h"

#include "app/base/log.h"
#include "app/base/whendone.h"
#include "app/session/localaccount.h"
#include "app/session/remoteaccount.h"

namespace vitrine::session {
namespace {

using namespace std::chrono_literals;
using transfer::Transfer;

constexpr auto kReconnectAfter = 5s;

transfer::ServerRules rulesFrom(const protocol::Capabilities& capabilities)
{
    return {{capabilities.maxBytes, capabilities.maxPixels, capabilities.maxSide},
            capabilities.types,
            capabilities.maxAnimationPixels};
}

Result<transfer::KnownImages> knownFrom(const Result<QList<gallery::Fingerprint>>& fingerprints)
{
    if (!fingerprints)
        return failure(fingerprints.error());
    transfer::KnownImages known;
    for (const gallery::Fingerprint& print : *fingerprints)
        known.add({print.id, print.name}, print.sha256, print.likeness);
    return known;
}

std::unique_ptr<Connector> connectorFor(const Account& account, const Paths& paths,
                                        access::TokenStore& tokens,
                                        const imaging::PictureReader& pictures)
{
    if (account.isLocal())
        return std::make_unique<LocalAccount>(paths.backend(), tokens, pictures);
    return std::make_unique<RemoteAccount>(account, tokens);
}

bool isThisMachine(ErrorKind kind)
{
    return kind == ErrorKind::Storage || kind == ErrorKind::DiskFull ||
           kind == ErrorKind::PermissionDenied || kind == ErrorKind::Internal;
}

// Only the person can help, by signing in or by unlocking the keyring.
bool needsPerson(ErrorKind kind)
{
    return kind == ErrorKind::SignInRequired || kind == ErrorKind::Forbidden ||
           kind == ErrorKind::KeyringLocked || kind == ErrorKind::KeyringRefused;
}

} // namespace

Session::Session(const Paths& paths, const Account& account,
                 std::unique_ptr<access::TokenStore> tokens, const imaging::PictureReader& pictures,
                 const Clock& clock, QObject* parent)
    : QObject(parent)
    , m_account(account)
    , m_tokens(std::move(tokens))
    , m_connector(connectorFor(account, paths, *m_tokens, pictures))
    , m_client(std::make_unique<api::ApiClient>(m_network))
    , m_gallery(*m_client, pictures, clock, paths.accountCache(account.id))
    , m_outbox(paths.accountData(account.id), *m_client, pictures, clock,
               [this](const QByteArray& sha256) { return m_gallery.catalog().findByHash(sha256); })
    , m_downloads(*m_client, pictures, clock)
    , m_staging(paths.accountData(account.id), pictures)
    , m_transfers(m_outbox, m_downloads)
{
    m_reconnect.setSingleShot(true);
    m_reconnect.setInterval(kReconnectAfter);
    connect(&m_reconnect, &QTimer::timeout, this, &Session::reconnect);
    m_staging.setKnownLookup([this] { return knownImages(); });
    connectParts();
}

// What answers goes first: it cancels what is under way while those who wait for it still stand.
Session::~Session()
{
    m_client.reset();
    m_tokens.reset();
}

void Session::connectParts()
{
    using gallery::Gallery;
    using transfer::Outbox;
    connect(&m_outbox, &Outbox::shared, &m_gallery, &Gallery::put);
    connect(&m_outbox, &Outbox::edited, &m_gallery,
            [this](const protocol::Image& image) { m_gallery.put(image); });
    connect(&m_outbox, &Outbox::deleted, &m_gallery, &Gallery::drop);
    connect(&m_outbox, &Outbox::deleteUndone, &m_gallery, &Gallery::show);
    connect(&m_outbox, &Outbox::added, this, &Session::hideWhatIsBeingDeleted);
    connect(&m_outbox, &Outbox::conflicted, this, &Session::refresh);
    connect(&m_outbox, &Outbox::changed, this, &Session::watchConnection);
    connect(&m_outbox, &Outbox::signInNeeded, this, &Session::reconnect);
    connect(&m_downloads, &transfer::Downloads::counted, &m_gallery, &Gallery::count);
}

void Session::start(Outgoing outgoing)
{
    const auto warn = [](const Result<void>& loaded) {
        if (!loaded)
            qCWarning(logGallery) << "what was here could not be read:" << loaded.error().detail;
    };
    whenDone(this, m_gallery.load(), warn);
    const auto known = outgoing == Outgoing::Sent ? m_outbox.load() : m_outbox.look();
    whenDone(this, known, [this, warn](const Result<void>& loaded) {
        warn(loaded);
        signIn(Token::Kept); // what an earlier run left is known before anybody asks for it
    });
}

void Session::reconnect()
{
    m_reconnect.stop();
    m_triedFreshToken = false;
    signIn(Token::Kept);
}

QFuture<Result<void>> Session::refresh()
{
    return whenDone(this, m_gallery.refresh(), [this](const Result<void>& refreshed) {
        follow(refreshed);
        return refreshed;
    });
}

transfer::ServerRules Session::rules() const
{
    return rulesFrom(m_capabilities);
}

QFuture<Result<transfer::KnownImages>> Session::knownImages()
{
    return whenDone(this, m_gallery.catalog().fingerprints(), &knownFrom);
}

void Session::hideWhatIsBeingDeleted(const QString& transferKey)
{
    if (m_outbox.isOnlooker()) // which shows what the server has
        return;
    const Transfer* transfer = m_outbox.find(transferKey);
    if (transfer && transfer->kind == transfer::Kind::Delete && !isFinished(transfer->state))
        m_gallery.hide(transfer->imageId);
}

void Session::watchConnection(const QString& transferKey)
{
    const Transfer* transfer = m_outbox.find(transferKey);
    const bool waits = transfer && (transfer->state == transfer::State::Waiting ||
                                    transfer->state == transfer::State::Ready);
    const bool isLost = waits && transfer->error && transfer->error->kind == ErrorKind::Network;
    if (isLost && m_state == State::Online)
        stop(*transfer->error);
}

void Session::signIn(Token token)
{
    if (m_isSigningIn)
        return;
    m_isSigningIn = true;
    auto opened = token == Token::Kept ? m_connector->open() : m_connector->openAfresh();
    whenDone(this, opened, [this](const Result<WayIn>& wayIn) {
        m_isSigningIn = false;
        if (!wayIn) {
            stop(wayIn.error());
            return;
        }
        m_keepsSignIn = wayIn->isKept;
        m_isGuest = std::holds_alternative<std::monostate>(wayIn->credential);
        m_gallery.setView(m_isGuest ? api::View::Guest : api::View::Owner);
        m_client->setServer(wayIn->url, wayIn->credential);
        greet();
    });
}

void Session::greet()
{
    using protocol::Capabilities;
    whenDone(this, m_client->capabilities(), [this](const Result<Capabilities>& capabilities) {
        if (!capabilities) {
            stop(capabilities.error());
            return;
        }
        takeOver(*capabilities);
        refresh();
    });
}

void Session::takeOver(const protocol::Capabilities& capabilities)
{
    m_capabilities = capabilities;
    m_outbox.setRules(rulesFrom(capabilities));
    m_staging.setRules(rulesFrom(capabilities));
}

void Session::follow(const Result<void>& refreshed)
{
    if (refreshed) {
        m_outbox.setRunning(!m_isGuest);
        setState(State::Online);
    } else if (refreshed.error().kind == ErrorKind::SignInRequired && !m_triedFreshToken) {
        m_triedFreshToken = true; // the data were put aside, or somebody revoked it
        signIn(Token::Fresh);
    } else {
        stop(refreshed.error());
    }
}

void Session::stop(const Error& error)
{
    m_outbox.setRunning(false);
    if (needsPerson(error.kind)) {
        setState(State::SignedOut, error);
    } else if (isThisMachine(error.kind)) {
        setState(State::Failed, error);
    } else {
        m_reconnect.start();
        setState(State::Offline, error);
    }
}

void Session::setState(State state, Error error)
{
    const bool isNews = state != m_state || error.kind != m_error.kind;
    m_state = state;
    m_error = std::move(error);
    if (isNews)
        Q_EMIT stateChanged();
}

} // namespace vitrine::session
