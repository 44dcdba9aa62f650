using DownloaderBot.Users;
using MemoryWatch;

namespace DownloaderBot;

/// <summary>Checks the settings; returns one sentence per fault, with the value and the allowed values.</summary>
internal static class BotOptionsRules
{
    public static IEnumerable<string> FaultsOf(BotOptions options) =>
    [
        .. Range(nameof(options.MaxSessions), options.MaxSessions, 1, 100),
        .. Range(nameof(options.MaxConcurrent), options.MaxConcurrent, 1, 100),
        .. Range(nameof(options.MaxQueue), options.MaxQueue, 0, 10_000),
        .. Range(nameof(options.MaxBatch), options.MaxBatch, 1, 100),
        .. Time(nameof(options.MaxFloodWait), options.MaxFloodWait, TimeSpan.Zero, TimeSpan.FromHours(1)),
        .. Time(nameof(options.OutagePatience), options.OutagePatience, TimeSpan.Zero, TimeSpan.FromHours(1)),
        .. Range(nameof(options.CachedUsers), options.CachedUsers, 1, 100_000),
        .. Folder(nameof(options.AssetsFolder), options.AssetsFolder),
        .. Size(nameof(options.AssetsQuota), options.AssetsQuota, 1, long.MaxValue, "a size such as \"2GB\""),
        .. Folder(nameof(options.DataFolder), options.DataFolder),
        .. options.SplitAdminIds().Where(id => UserId.Parse(id) is null).Select(id =>
            $"{Name(nameof(options.AdminIds))} has '{id}'; it must be user numbers separated by commas, such as \"12345,67890\"."),
        .. Time(nameof(options.AlertInterval), options.AlertInterval, TimeSpan.Zero, TimeSpan.FromDays(1)),
        .. Size(nameof(options.LogTail), options.LogTail, 1 << 10, 10 << 20, "a size from \"1KB\" to \"10MB\""),
        .. Range(nameof(options.MaxPendingLogins), options.MaxPendingLogins, 1, 100),
        .. Time(nameof(options.LoginTimeout), options.LoginTimeout, TimeSpan.FromSeconds(10), TimeSpan.FromHours(1)),
        .. Range(nameof(options.LoginAttempts), options.LoginAttempts, 1, 10),
        .. Range(nameof(options.LoginsPerHour), options.LoginsPerHour, 1, 1000),
        .. Range(nameof(options.FailureBurst), options.FailureBurst, 1, 100),
        .. Time(nameof(options.FailureInterval), options.FailureInterval, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
    ];

    private static IEnumerable<string> Range(string name, int? value, int least, int most) =>
        value < least || value > most ? [$"{Name(name)} is {value}; it must be from {least} to {most}."] : [];

    private static IEnumerable<string> Time(string name, TimeSpan value, TimeSpan least, TimeSpan most) =>
        value < least || value > most ? [$"{Name(name)} is {value}; it must be from {least} to {most}."] : [];

    private static IEnumerable<string> Folder(string name, string value) =>
        string.IsNullOrWhiteSpace(value) ? [$"{Name(name)} is empty; it must name a folder."] : [];

    private static IEnumerable<string> Size(string name, string value, long least, long most, string wanted) =>
        !MemorySize.TryParse(value, out var size) || size.Bytes < least || size.Bytes > most
            ? [$"{Name(name)} is '{value}'; it must be {wanted}."]
            : [];

    private static string Name(string name) => $"{BotOptions.Section}:{name}";
}
