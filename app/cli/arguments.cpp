// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/arguments.h"

#include "app/cli/exitcodes.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <iostream>
#include <limits>

namespace vitrine::cli {
namespace {

using namespace Qt::StringLiterals;

constexpr auto kOneId = "The image's id, as list prints it first";
constexpr auto kIds = "The images' ids, as list prints them first";
constexpr auto kAccount = "As account list calls it";

/// CLI11 fills plain strings; they become ours once it is clear which command was meant.
struct Typed {
    std::string account = "local", listen = "127.0.0.1:0", data, readyFile, alt, search, id,
                directory, name, url, clientId, secretFile, tokenFile, in, out, variant = "preview",
                tlsCertificate, tlsKey, accessLog, zip;
    std::vector<std::string> ids, paths, hosts, origins, faults;
    bool isJson = false, allowsUnconfined = false, isPrivate = false, isPublic = false,
         keepMetadata = false, altFromFile = false, again = false, isOriginal = false, fit = false,
         checkOnly = false, withAlt = false, isInsecure = false, isShared = false,
         defersVariants = false, usesBrowser = false;
    long long maxBytes = 50'000'000;
    quint64 limitUp = 0, limitDown = 0;
    int limit = 0, hours = 24, keepHours = 7 * 24;
    quint32 faultSeed = 1;
};

QString text(const std::string& value)
{
    return QString::fromLocal8Bit(value);
}

QStringList texts(const std::vector<std::string>& values)
{
    QStringList result;
    for (const auto& value : values)
        result.append(text(value));
    return result;
}

void addPrivacy(CLI::App& command, Typed& typed)
{
    auto* isPrivate =
        command.add_flag("--private", typed.isPrivate, "Others see a blurred preview");
    auto* isPublic = command.add_flag("--public", typed.isPublic, "Everybody sees it sharp");
    isPrivate->excludes(isPublic);
}

void addBandwidth(CLI::App& command, Typed& typed)
{
    const CLI::AsSizeValue bytes(true); // 500k is 500,000
    command.add_option("--limit-up", typed.limitUp, "Bytes a second to send at most, as in 500k")
        ->transform(bytes);
    command.add_option("--limit-down", typed.limitDown, "Bytes a second to take in at most")
        ->transform(bytes);
}

void addServeBeyond(CLI::App& command, Typed& typed)
{
    auto* certificate = command.add_option("--tls-cert", typed.tlsCertificate,
                                           "Certificate and its chain (PEM): serve HTTPS");
    auto* key = command.add_option("--tls-key", typed.tlsKey, "The certificate's key (PEM)");
    certificate->needs(key);
    key->needs(certificate);
    command.add_flag("--insecure", typed.isInsecure,
                     "Serve bare HTTP beyond this machine, where everybody on the way can read it");
    command.add_option("--host", typed.hosts,
                       "A name that clients call the server by, NAME or NAME:PORT; repeatable, the "
                       "first one stands in the address that it announces");
    command.add_option("--allow-origin", typed.origins,
                       "Let web pages of this origin use the server; repeatable");
}

void addServeFaults(CLI::App& command, Typed& typed)
{
    command.add_option(
        "--fault", typed.faults,
        "For trying clients: make a mistake on purpose; repeatable. An action: delay=MS, "
        "drop=BYTES (ends the connection after so much of the answer's body; 0: no answer), "
        "drop-request=BYTES (after so much of the request's), status=CODE (400 to 599, with "
        "retry-after=SECONDS), truncate (JSON), expired (the sign-in). Then, after commas, which "
        "requests: path=/api/*, method=POST, p=0.5 (of them), skip=N, count=N");
    command.add_option("--fault-seed", typed.faultSeed, "The same seed makes the same mistakes")
        ->capture_default_str();
}

void addServe(CLI::App& app, Typed& typed)
{
    auto& command = *app.add_subcommand("serve", "Run the backend alone until SIGTERM");
    command.add_option("--listen", typed.listen, "Address and port; port 0 takes a free one")
        ->capture_default_str();
    command.add_option("--data", typed.data, "Directory of rows and images");
    command.add_option("--ready-file", typed.readyFile,
                       "Written (0600) once it answers: url, clientId, clientSecret, aud, issuer");
    command.add_option("--max-bytes", typed.maxBytes, "Largest upload")
        ->check(CLI::Range(1LL, 10'000'000'000LL))
        ->capture_default_str();
    command.add_flag("--defer-variants", typed.defersVariants,
                     "Answer uploads once they are on the disk; previews follow");
    addServeBeyond(command, typed);
    command.add_option("--access-log", typed.accessLog,
                       "A line of JSON for each answer, to a file or - (standard error)");
    addServeFaults(command, typed);
}

void addAccess(CLI::App& app, Typed& typed)
{
    auto& access = *app.add_subcommand("access", "Say who may use a backend as its owner");
    access.require_subcommand(1);
    auto& create = *access.add_subcommand("create", "Make a service token; its secret shows once");
    create.add_option("name", typed.name, "What it is for")->required();
    access.add_subcommand("list", "List the service tokens");
    access.add_subcommand("revoke", "Make one worthless at once")
        ->add_option("id", typed.id, "Its client id")
        ->required();
    auto& token = *access.add_subcommand("token", "Issue a token of a person, for cf-access-token");
    token.add_option("email", typed.name, "Who it is")->required();
    token.add_option("--hours", typed.hours, "How long it is good")
        ->check(CLI::Range(1, 24 * 365))
        ->capture_default_str();
    auto& newKey =
        *access.add_subcommand("new-key", "Sign tokens of persons with another key from now on");
    newKey
        .add_option("--keep-hours", typed.keepHours,
                    "How long what was signed before is still good at most; 0: no longer at all")
        ->check(CLI::Range(0, 24 * 365))
        ->capture_default_str();
    for (CLI::App* command : access.get_subcommands({}))
        command->add_option("--data", typed.data, "Directory of rows and images");
}

void addUpload(CLI::App& app, Typed& typed)
{
    auto& command = *app.add_subcommand("upload", "Share pictures");
    command.add_option("paths", typed.paths, "Files, directories, or - for standard input")
        ->required();
    command.add_option("--alt", typed.alt, "Describe them for people who cannot see them");
    command.add_flag("--alt-from-file", typed.altFromFile,
                     "Take the description that a file carries, where it has one");
    addPrivacy(command, typed);
    command.add_flag("--keep-metadata", typed.keepMetadata,
                     "Send location, serial numbers and names too");
    command.add_flag("--again", typed.again, "Also what was shared before");
    command.add_flag("--fit", typed.fit,
                     "Where the gallery would refuse a file, send a JPEG copy that it takes");
    command.add_flag("--check", typed.checkOnly, "Tell what would be sent, and send nothing");
    addBandwidth(command, typed);
}

void addGallery(CLI::App& app, Typed& typed)
{
    auto& list = *app.add_subcommand("list", "List images, newest first");
    list.add_option("--search", typed.search, "Words in the name, alt text or date");
    list.add_option("--limit", typed.limit, "At most so many")->check(CLI::Range(1, 1'000'000));
    auto& show = *app.add_subcommand("show", "Tell all about one image");
    show.add_option("id", typed.id, kOneId)->required();
    auto& set = *app.add_subcommand("set", "Change images");
    set.add_option("ids", typed.ids, kIds)->required();
    set.add_option("--alt", typed.alt, "Alt text");
    addPrivacy(set, typed);
    app.add_subcommand("delete", "Delete images")->add_option("ids", typed.ids, kIds)->required();
    auto& download = *app.add_subcommand("download", "Save high-res copies");
    download.add_option("ids", typed.ids, kIds)->required();
    download.add_option("--to", typed.directory, "Directory to save into");
    download.add_option("--zip", typed.zip, "All of them in one zip file: its name, or its path");
    download.add_flag("--original", typed.isOriginal, "The uploaded file itself");
    download.add_flag("--with-alt", typed.withAlt, "Write the alt text into the saved file");
    addBandwidth(download, typed);
}

void addWatch(CLI::App& app, Typed& typed)
{
    auto& watch = *app.add_subcommand("watch", "Share what is new in folders");
    watch.require_subcommand(1);
    watch.add_subcommand("list", "Tell which folders are watched, and how");
    auto& add = *watch.add_subcommand("add", "Watch a folder; what is in it stays where it is");
    auto& remove = *watch.add_subcommand("remove", "Watch it no more");
    for (CLI::App* command : {&add, &remove})
        command->add_option("directory", typed.directory)->required();
    add.add_flag("--share", typed.isShared,
                 "New pictures go out by themselves; without it the window proposes them");
    addPrivacy(add, typed);
    addBandwidth(*watch.add_subcommand("run", "Watch until SIGTERM, as the window does"), typed);
}

void addAccounts(CLI::App& app, Typed& typed)
{
    app.add_subcommand("status", "Tell how the account is");
    addBandwidth(*app.add_subcommand("sync", "Refresh the listing and send what waits"), typed);
    auto& account = *app.add_subcommand("account", "Manage accounts")->require_subcommand(1);
    account.add_subcommand("list", "List them");
    auto& add = *account.add_subcommand("add", "Add a gallery");
    add.add_option("name", typed.name, "What to call it here")->required();
    add.add_option("url", typed.url, "Its address, as in a browser")->required();
    account.add_subcommand("remove", "Forget one")
        ->add_option("name", typed.name, kAccount)
        ->required();
    auto& signIn = *account.add_subcommand("sign-in", "Sign in to one");
    signIn.add_option("name", typed.name, kAccount)->required();
    auto* id = signIn.add_option("--client-id", typed.clientId, "Of a service token");
    auto* secret =
        signIn.add_option("--client-secret-file", typed.secretFile, "File with its secret, or -");
    auto* token = signIn.add_option("--token-file", typed.tokenFile,
                                    "File with a person's token, or -; cloudflared access token "
                                    "prints one");
    auto* browser =
        signIn.add_flag("--browser", typed.usesBrowser,
                        "In a browser, where the gallery offers that or cloudflared is installed");
    id->needs(secret);
    secret->needs(id)->excludes(token);
    browser->excludes(token)->excludes(secret);
}

void addThumbnail(CLI::App& app, Typed& typed)
{
    auto& command = *app.add_subcommand("thumbnail", "Make a variant of a picture as JPEG");
    command.add_option("in", typed.in, "The picture")->required();
    command.add_option("out", typed.out, "Where the JPEG goes")->required();
    command.add_option("--variant", typed.variant)
        ->check(CLI::IsMember({"preview", "blurred", "highres"}))
        ->capture_default_str();
}

void addStore(CLI::App& app, Typed& typed)
{
    auto& backup =
        *app.add_subcommand("backup", "Copy the backend's data; it may be in use meanwhile");
    backup.add_option("directory", typed.directory, "Where to; missing or empty")->required();
    auto& check =
        *app.add_subcommand("check", "Hold every byte of the backend's data against its hash");
    for (CLI::App* command : {&backup, &check})
        command->add_option("--data", typed.data, "Directory of rows and images, or a backup");
}

SetArguments setArguments(const CLI::App& command, const Typed& typed)
{
    SetArguments arguments{texts(typed.ids), {}, {}};
    if (command.count("--alt") > 0)
        arguments.alt = text(typed.alt);
    if (typed.isPrivate || typed.isPublic)
        arguments.isPrivate = typed.isPrivate;
    if (!arguments.alt && !arguments.isPrivate)
        throw CLI::RequiredError("--alt, --private or --public");
    return arguments;
}

WatchArguments watchArguments(const CLI::App& command, const Typed& typed)
{
    using Action = WatchArguments::Action;
    const std::string action = command.get_subcommands().front()->get_name();
    const QString directory = text(typed.directory);
    if (action == "add") // nobody's picture is public without a word
        return {Action::Add, directory, typed.isShared, !typed.isPublic};
    if (action == "remove")
        return {Action::Remove, directory};
    return {action == "run" ? Action::Run : Action::List, {}};
}

AccountArguments accountArguments(const CLI::App& command, const Typed& typed)
{
    using Action = AccountArguments::Action;
    const std::string action = command.get_subcommands().front()->get_name();
    const QString name = text(typed.name);
    if (action == "add")
        return {Action::Add, name, text(typed.url), {}, {}};
    if (action == "remove")
        return {Action::Remove, name, {}, {}, {}};
    if (action == "list")
        return {};
    const std::string& file = typed.clientId.empty() ? typed.tokenFile : typed.secretFile;
    if (file.empty() && !typed.usesBrowser && name != "local"_L1)
        throw CLI::RequiredError(
            "--browser, --client-id and --client-secret-file, or --token-file");
    return {Action::SignIn, name, {}, text(typed.clientId), text(file), typed.usesBrowser};
}

AccessArguments accessArguments(const CLI::App& command, const Typed& typed)
{
    using Action = AccessArguments::Action;
    const std::string action = command.get_subcommands().front()->get_name();
    const QString data = text(typed.data);
    if (action == "create")
        return {Action::Create, text(typed.name), data};
    if (action == "revoke")
        return {Action::Revoke, text(typed.id), data};
    if (action == "token")
        return {Action::Token, text(typed.name), data, std::chrono::hours(typed.hours)};
    if (action == "new-key")
        return {Action::NewKey, {}, data, std::chrono::hours(typed.keepHours)};
    return {Action::List, {}, data};
}

ServeArguments serveArguments(const Typed& typed)
{
    return {
        text(typed.listen),   text(typed.data),     text(typed.readyFile),      typed.maxBytes,
        typed.defersVariants, texts(typed.hosts),   text(typed.tlsCertificate), text(typed.tlsKey),
        typed.isInsecure,     texts(typed.origins), text(typed.accessLog),      texts(typed.faults),
        typed.faultSeed};
}

BandwidthArguments bandwidthArguments(const Typed& typed)
{
    constexpr auto most = quint64(std::numeric_limits<qint32>::max());
    return {qint64(std::min(typed.limitUp, most)), qint64(std::min(typed.limitDown, most))};
}

CommandArguments commandArguments(const CLI::App& command, const Typed& typed)
{
    const std::string& name = command.get_name();
    if (name == "serve")
        return serveArguments(typed);
    if (name == "access")
        return accessArguments(command, typed);
    if (name == "upload")
        return UploadArguments{texts(typed.paths), text(typed.alt),    typed.altFromFile,
                               typed.isPrivate,    typed.keepMetadata, typed.again,
                               typed.fit,          typed.checkOnly};
    if (name == "list")
        return ListArguments{text(typed.search), typed.limit};
    if (name == "show")
        return ShowArguments{text(typed.id)};
    if (name == "set")
        return setArguments(command, typed);
    if (name == "delete")
        return DeleteArguments{texts(typed.ids)};
    if (name == "download")
        return DownloadArguments{texts(typed.ids), text(typed.directory), text(typed.zip),
                                 typed.isOriginal, typed.withAlt};
    if (name == "watch")
        return watchArguments(command, typed);
    if (name == "status")
        return StatusArguments{};
    if (name == "sync")
        return SyncArguments{};
    if (name == "backup")
        return BackupArguments{text(typed.directory), text(typed.data)};
    if (name == "check")
        return CheckArguments{text(typed.data)};
    if (name == "account")
        return accountArguments(command, typed);
    return ThumbnailArguments{text(typed.in), text(typed.out), text(typed.variant)};
}

} // namespace

std::variant<Arguments, int> parseArguments(int argc, char** argv)
{
    Typed typed;
    CLI::App app("Share pictures, keep some private, describe them, take them home again.",
                 "vitrinectl");
    app.set_version_flag("--version", "vitrinectl " VITRINE_VERSION);
    app.set_help_all_flag("--help-all", "Print the help of every command");
    app.add_option("--account", typed.account, "Which gallery")->capture_default_str();
    app.add_flag("--json", typed.isJson, "One JSON object a line on standard output");
    app.add_flag("--allow-unconfined-decoder", typed.allowsUnconfined,
                 "Read pictures even where the system has no sandbox for that; one that is made to "
                 "do harm can then do all that you can");
    app.require_subcommand(1);
    app.fallthrough();
    addUpload(app, typed);
    addGallery(app, typed);
    addWatch(app, typed);
    addAccounts(app, typed);
    addThumbnail(app, typed);
    addServe(app, typed);
    addStore(app, typed);
    addAccess(app, typed);
    try {
        app.parse(argc, argv);
        const CLI::App& command = *app.get_subcommands().front();
        return Arguments{text(typed.account), typed.isJson, typed.allowsUnconfined,
                         bandwidthArguments(typed), commandArguments(command, typed)};
    } catch (const CLI::RequiredError& error) {
        const auto unknown = app.remaining();
        if (unknown.empty() || !app.get_subcommands().empty())
            return app.exit(error) == 0 ? 0 : kUsage;
        std::cerr << "There is no command '" << unknown.front()
                  << "'. vitrinectl --help lists them.\n";
        return kUsage;
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : kUsage;
    }
}

} // namespace vitrine::cli
