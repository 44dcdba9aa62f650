using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace MemoryWatch.Shapes;

/// <summary>A process that takes memory within some 3 s and keeps it, without a watch.</summary>
internal static class Hoard
{
    public const string Command = "hoard";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(8);

    public static ProcessStartInfo Start(int megabytes) => new(
        "dotnet", ["exec", Assembly.GetExecutingAssembly().Location, Command, megabytes.ToString(CultureInfo.InvariantCulture)])
    {
        RedirectStandardOutput = true,
        RedirectStandardInput = true,
    };

    public static int Run(string megabytes)
    {
        using var never = new ManualResetEvent(false);
        var kept = new List<byte[]>();
        for (var step = int.Parse(megabytes, CultureInfo.InvariantCulture); step > 0; step--)
        {
            var block = new byte[1 << 20];
            Array.Fill(block, (byte)1);
            kept.Add(block);
            never.WaitOne(Pause);
        }

        Console.WriteLine("full");
        Console.ReadLine();
        GC.KeepAlive(kept);
        return 0;
    }
}
