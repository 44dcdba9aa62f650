using System.Globalization;
using DownloaderBot.Telegram.Sessions;
using DownloaderBot.Tests.Telegram.Sessions;
using DownloaderBot.Tests.Telegram.Sessions.StandIn;

namespace DownloaderBot.Tests.Support;

internal static partial class ChildProgram
{
    public const string KeepSessions = "keep-sessions";
    public const string MeasureSessions = "measure-sessions";

    static partial void TryRunTelegram(string[] args, ref Task<int>? run) => run = args switch
    {
        [KeepSessions, var folder] => Task.Run(() => KeepAsync(folder)),
        [MeasureSessions, var folder, var address, var keyFile, var count] =>
            SessionCost.RunAsync(folder, address, File.ReadAllText(keyFile), int.Parse(count, CultureInfo.InvariantCulture)),
        _ => null,
    };

    /// <summary>Writes one user's session again and again, each time another one, and says so after each.</summary>
    private static int KeepAsync(string folder)
    {
        var vault = new SessionVault(new(), new TestEnvironment(folder), new(new()
        {
            ApiId = 1,
            ApiHash = StandInOptions.ApiHash,
            SessionKey = StandInOptions.SessionKey,
        }));
        for (var number = 1; ; number++)
        {
            vault.Write(1, SessionOf(number));
            Console.WriteLine(number);
        }
    }

    /// <summary>Grows and shrinks, so that no half of one passes for the whole of another.</summary>
    public static byte[] SessionOf(int number) =>
        [.. BitConverter.GetBytes(number), .. Enumerable.Repeat((byte)number, 1000 + number % 7 * 1000)];
}
