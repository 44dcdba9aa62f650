using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;

namespace MemoryWatch.Shapes;

/// <summary>A process that takes memory within some 2 s and keeps it, without a watch.</summary>
internal static class Hoard
{
    public const string Command = "hoard";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(4);

    public static ProcessStartInfo Start(int megabytes) => new(
        "dotnet", ["exec", Assembly.GetExecutingAssembly().Location, Command, megabytes.ToString(CultureInfo.InvariantCulture)])
    {
        RedirectStandardOutput = true,
        RedirectStandardInput = true,
    };

    public static int Run(string megabytes)
    {
        using var never = new ManualResetEvent(false);
        for (var step = int.Parse(megabytes, CultureInfo.InvariantCulture); step > 0; step--)
        {
            // On the managed heap, the GC's limit would end it: by default 75 % of the group.
            Take();
            never.WaitOne(Pause);
        }

        Console.WriteLine("full");
        Console.ReadLine();
        return 0;
    }

    private static unsafe void Take() => new Span<byte>(NativeMemory.Alloc(1 << 20), 1 << 20).Fill(1);
}
