using System.Diagnostics;
using MemoryWatch.Tests.Act;
using MemoryWatch.Tests.BlackBox.Processes;

namespace MemoryWatch.Tests.Support;

/// <summary>What the test assembly does when it is run as a program: what the first argument says, for tests that kill it.</summary>
internal static class ChildProgram
{
    public static int Main(string[] args) => args switch
    {
        [GrowingChild.Name, .. var rest] => GrowingChild.Run(rest),
        [ReportingChild.Name, .. var rest] => ReportingChild.Run(rest),
        [WritingChild.Name, .. var rest] => WritingChild.Run(rest),
        [EndingChild.Name, .. var rest] => EndingChild.Run(rest),
        [HeapChild.Name, .. var rest] => HeapChild.Run(rest),
        [NativeHeapChild.Name] => NativeHeapChild.Run(),
        [RestartChild.Name, .. var rest] => RestartChild.Run(rest),
        [LeakChild.Name, .. var rest] => LeakChild.Run(rest),
        [LimitChild.Name] => LimitChild.Run(),
        _ => 2,
    };

    /// <summary>The command that starts it.</summary>
    public static string[] Command(params string[] args) => ["dotnet", "exec", typeof(ChildProgram).Assembly.Location, .. args];

    public static Process Start(params string[] args)
    {
        var command = Command(args);
        return Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }
}
