// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/session.h"

#include "app/base/log.h"
#include "app/base/whendone.h"
#include "app/session/connector.h"
#include "app/session/linecost.h"
#include "app/session/localaccount.h"
#include "app/session/remoteaccount.h"

#include <utility>

namespace vitrine::session {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using transfer::Transfer;

constexpr auto kReconnectAfter = 5s;
// The process that ran the backend has ended: it runs in the first that looks for it.
constexpr auto kReconnectHereAfter = 200ms;

transfer::ServerRules rulesFrom(const protocol::Capabilities& capabilities)
{
    return {{capabilities.maxBytes, capabilities.maxPixels, capabilities.maxSide},
            capabilities.types,
            capabilities.maxAnimationPixels,
            capabilities.has(protocol::Capabilities::Feature::Idempotency)};
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
    return std::make_unique<RemoteAccount>(account, tokens,
                                           paths.accountData(account.id) + u"/renewal.lock"_s);
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
                 std::shared_ptr<access::TokenStore> tokens, const imaging::PictureReader& pictures,
                 const Clock& clock, QObject* parent)
    : QObject(parent)
    , m_account(account)
    , m_clock(clock)
    , m_tokens(std::move(tokens))
    , m_connector(connectorFor(account, paths, *m_tokens, pictures))
    , m_client(std::make_unique<api::ApiClient>(m_network, api::StallLimits(),
                                                api::RetryPolicy::forReading()))
    , m_gallery(*m_client, pictures, clock, paths.accountCache(account.id))
    , m_outbox(paths.accountData(account.id), *m_client, pictures, clock,
               [this](const QByteArray& sha256) { return m_gallery.catalog().findByHash(sha256); })
    , m_downloads(paths.accountData(account.id), *m_client, pictures, clock)
    , m_staging(paths.accountData(account.id), pictures)
    , m_transfers(m_outbox, m_downloads)
    , m_watcher(paths.accountData(account.id), m_outbox, clock)
{
    m_reconnect.setSingleShot(true);
    m_reconnect.setInterval(m_account.isLocal() ? kReconnectHereAfter : kReconnectAfter);
    connect(&m_reconnect, &QTimer::timeout, this, &Session::reconnect);
    m_renewal.setSingleShot(true);
    connect(&m_renewal, &QTimer::timeout, this, &Session::renew);
    if (!account.isLocal()) // where the images that are known have their addresses
        m_client->setServer(account.url, {});
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
    connect(&m_outbox, &Outbox::shared, this, &Session::showShared);
    connect(&m_outbox, &Outbox::edited, &m_gallery,
            [this](const protocol::Image& image) { m_gallery.put(image); });
    connect(&m_outbox, &Outbox::deleted, &m_gallery, &Gallery::drop);
    connect(&m_outbox, &Outbox::deleteUndone, &m_gallery, &Gallery::show);
    connect(&m_outbox, &Outbox::added, this, &Session::hideWhatIsBeingDeleted);
    connect(&m_outbox, &Outbox::conflicted, this, &Session::refresh);
    connect(m_client.get(), &api::ApiClient::metOtherChange, &m_gallery,
            [this](const protocol::Image& current) { m_gallery.put(current); });
    connect(&m_outbox, &Outbox::changed, this, &Session::watchConnection);
    connect(&m_outbox, &Outbox::signInNeeded, this, &Session::signInForActs);
    const auto noteTaken = [this] { m_isActRefused = false; };
    connect(&m_outbox, &Outbox::shared, this, noteTaken);
    connect(&m_outbox, &Outbox::edited, this, noteTaken);
    connect(&m_outbox, &Outbox::deleted, this, noteTaken);
    connect(&m_downloads, &transfer::Downloads::counted, &m_gallery, &Gallery::count);
    connect(&m_downloads, &transfer::Downloads::brokeOff, this, &Session::askForDownloads);
    connect(&m_gallery.fullSize(), &gallery::FullSizeLoader::counted, &m_gallery, &Gallery::count);
    connect(&m_gallery, &Gallery::answered, this, &Session::goOnline);
}

void Session::start(Outgoing outgoing)
{
    const auto warn = [](const Result<void>& loaded) {
        if (!loaded)
            qCWarning(logGallery) << "what was here could not be read:" << loaded.error().detail;
    };
    whenDone(this, m_gallery.load(), warn);
    const bool isResident = outgoing == Outgoing::Resident;
    if (isResident)
        whenDone(this, m_downloads.load(), warn);
    const auto known = outgoing == Outgoing::Shown ? m_outbox.look() : m_outbox.load();
    whenDone(this, known, [this, warn, isResident](const Result<void>& loaded) {
        warn(loaded);
        if (isResident)
            m_watcher.start(); // what the outbox has already is known
        signIn(Token::Kept);   // what an earlier run left is known before anybody asks for it
    });
}

void Session::reconnect()
{
    m_reconnect.stop();
    m_triedFreshToken = false;
    signIn(Token::Kept);
}

void Session::signInAgain()
{
    supersede();
    m_outbox.setRunning(false);
    setState(State::Starting);
    reconnect();
}

void Session::setPaused(bool paused)
{
    pause(paused, false);
}

void Session::pause(bool paused, bool byCost)
{
    if (paused == m_isPaused)
        return;
    m_isPaused = paused;
    m_isPausedByCost = byCost;
    m_outbox.setPaused(paused);
    letOutboxRun();
    Q_EMIT pausedChanged(paused);
}

void Session::heed(const LineCost& cost)
{
    m_line = &cost;
    connect(&cost, &LineCost::changed, this, [this, &cost] { followCost(cost); });
    followCost(cost);
}

void Session::followCost(const LineCost& cost)
{
    const bool isElsewhere = !m_account.isLocal();
    if (isElsewhere && cost.isMetered())
        pause(true, true);
    else if (!cost.isMetered() && m_isPausedByCost)
        pause(false, false);
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

// A server that did not tell which image it made of an upload tells by its listing.
void Session::showShared(const protocol::Image& image, const QImage& preview)
{
    if (image.id.isEmpty())
        refresh();
    else
        m_gallery.put(image, preview);
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

// Whether the server can be reached; who is not signed in is asked by what comes next.
void Session::askForDownloads(const Error& error)
{
    if (error.kind == ErrorKind::SignInRequired || m_state != State::Online)
        return;
    m_isBack = true;
    refresh();
}

void Session::takeOver(const protocol::Capabilities& capabilities)
{
    m_capabilities = capabilities;
    m_isGreeted = true;
    m_outbox.setRules(rulesFrom(capabilities));
    m_staging.setRules(rulesFrom(capabilities));
}

void Session::follow(const Result<void>& refreshed)
{
    const bool isRefused = !refreshed && refreshed.error().kind == ErrorKind::SignInRequired;
    if (refreshed) {
        m_triedFreshToken = false;
        goOnline();
    } else if (isRefused && !m_triedFreshToken) {
        m_triedFreshToken = true; // the data were put aside, or somebody revoked it
        signIn(Token::Fresh, refreshed.error());
    } else if (!isRefused || !m_isSigningIn) { // else a better one is on its way
        stop(refreshed.error());
    }
}

// As soon as the first images are here: the others may take long.
void Session::goOnline()
{
    if (!m_hasEntered) // a listing under way was asked for by whoever it was before
        return;
    setState(State::Online);
    letOutboxRun();
    if (std::exchange(m_isBack, false))
        m_downloads.goOn();
}

void Session::letOutboxRun()
{
    m_outbox.setRunning(m_state == State::Online && !m_isGuest && !m_isPaused);
}

void Session::stop(const Error& error)
{
    m_outbox.setRunning(false);
    if (needsPerson(error.kind)) {
        m_renewal.stop(); // one question is enough
        setState(State::SignedOut, error);
    } else if (isThisMachine(error.kind)) {
        setState(State::Failed, error);
    } else {
        m_reconnect.start();
        setState(State::Offline, isHeldUpByNetwork(error)
                                     ? Error{error.kind, error.detail, {}, Cause::CaptivePortal}
                                     : error);
    }
}

// Many a portal lets connections run into nothing, which looks like a server that is away.
bool Session::isHeldUpByNetwork(const Error& error) const
{
    const bool isSilence = error.kind == ErrorKind::Network || error.kind == ErrorKind::TimedOut;
    return isSilence && !m_account.isLocal() && m_line && m_line->isBehindPortal();
}

void Session::setState(State state, Error error)
{
    const bool isNews =
        state != m_state || error.kind != m_error.kind || error.cause != m_error.cause;
    m_state = state;
    m_error = std::move(error);
    if (isNews)
        Q_EMIT stateChanged();
}

} // namespace vitrine::session
