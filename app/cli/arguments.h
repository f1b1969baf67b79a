// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include <chrono>
#include <optional>
#include <variant>

namespace vitrine::cli {

// One value type for each command; what a person typed, checked for shape only.

struct ServeArguments {
    QString listen = QStringLiteral("127.0.0.1:0");
    QString data; ///< empty: where the account "local" has its data
    QString readyFile;
    qint64 maxBytes = 50'000'000;
    bool defersVariants = false;
    QStringList hosts; ///< names by which clients call it
    QString tlsCertificate;
    QString tlsKey;
    bool isInsecure = false;
    QStringList origins;
    QString accessLog;
    QStringList faults;
    quint32 faultSeed = 1;
};
struct AccessArguments {
    enum class Action { Create, List, Revoke, Token, NewKey } action = Action::List;
    QString subject;             ///< a name, a client id, an e-mail address
    QString data;                ///< empty: where the account "local" has its data
    std::chrono::hours life{24}; ///< of a token; of what the key before the new one signed
};
struct UploadArguments {
    QStringList paths; ///< "-" is standard input
    QString alt;       ///< of all; of those whose file proposes none, with altFromFile
    bool altFromFile = false;
    bool isPrivate = false;
    bool keepMetadata = false;
    bool again = false;
    bool fit = false;
    bool checkOnly = false;
};
struct ListArguments {
    QString search;
    int limit = 0; ///< 0: all
};
struct ShowArguments {
    QString id;
};
struct SetArguments {
    QStringList ids;
    std::optional<QString> alt;
    std::optional<bool> isPrivate;
};
struct DeleteArguments {
    QStringList ids;
};
struct DownloadArguments {
    QStringList ids;
    QString directory; ///< empty: the current one
    QString zip;       ///< name of the one file for all; empty: a file each
    bool isOriginal = false;
    bool withAlt = false;
};
struct WatchArguments {
    enum class Action { List, Add, Remove, Run } action = Action::List;
    QString directory; ///< Add, Remove
    bool isShared = false;
    bool isPrivate = true;
};
struct StatusArguments {};
struct SyncArguments {};
struct AccountArguments {
    enum class Action { Add, List, Remove, SignIn } action = Action::List;
    QString name;
    QString url;              ///< Add
    QString clientId;         ///< SignIn: of a service token; empty: the secret is a person's token
    QString secretFile;       ///< SignIn: "-" is standard input
    bool usesBrowser = false; ///< SignIn: through cloudflared
};
struct ThumbnailArguments {
    QString in;
    QString out;
    QString variant;
};

struct BackupArguments {
    QString directory; ///< missing or empty
    QString data;      ///< empty: where the account "local" has its data
};
struct CheckArguments {
    QString data; ///< as above
};

using CommandArguments =
    std::variant<ServeArguments, AccessArguments, UploadArguments, ListArguments, ShowArguments,
                 SetArguments, DeleteArguments, DownloadArguments, WatchArguments, StatusArguments,
                 SyncArguments, AccountArguments, ThumbnailArguments, BackupArguments,
                 CheckArguments>;

/// Bytes a second; 0: as fast as it goes.
struct BandwidthArguments {
    qint64 up = 0;
    qint64 down = 0;
};

struct Arguments {
    QString account;
    bool isJson = false;
    bool allowsUnconfinedDecoder = false;
    BandwidthArguments bandwidth;
    CommandArguments command;
};

/// Either what to do, or the exit code when there is nothing to do: 0 after --help and --version,
/// 2 after a mistake. What there is to say was printed.
std::variant<Arguments, int> parseArguments(int argc, char** argv);

} // namespace vitrine::cli
