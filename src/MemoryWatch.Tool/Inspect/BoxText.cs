using System.Globalization;
using MemoryWatch.Tell;
using MemoryWatch.Tool.Drawing;
using Spectre.Console;

namespace MemoryWatch.Tool.Inspect;

/// <summary>Prints a black box: how the run ended, why, a chart of its last minutes, the last numbers and entries.</summary>
internal static class BoxText
{
    public static void Write(Shell shell, InspectedBox box)
    {
        var run = box.Run;
        shell.WriteLine(Source(box), new Style(decoration: Decoration.Dim));
        shell.WriteLine();
        shell.WriteLine(Title(box), StyleOf(box));
        shell.WriteLines(TreeText.Draw(string.Empty, [.. PreviousRunText.Lines(run).Where(line => !IsReplaced(line, box)), .. CannotTell(box)]));
        shell.WriteLine();
        if (BoxChart.Of(box) is { } chart)
        {
            MemoryChart.Write(shell, chart);
        }
        else
        {
            shell.WriteLine("The file has no readings, so there is no chart.");
        }

        shell.WriteLine();
        shell.WriteLines(PreviousRunText.Numbers(run));
        shell.WriteLines(PreviousRunText.Entries(run));
    }

    /// <summary>What the file cannot tell, and why.</summary>
    public static IEnumerable<string> CannotTell(InspectedBox box)
    {
        switch (box.Basis)
        {
            case VerdictBasis.CountsRoseSince:
                yield return "Not known: whether the kernel killed it. OOM-kill counts have risen since its last record, and what ran later may have caused that. The start that followed would know; its file is not beside this one";
                break;
            case VerdictBasis.NotCounted:
                yield return "Not known: whether the kernel killed it. OOM-kill counts are not visible here; look from inside its cgroup";
                break;
            case VerdictBasis.Elsewhere:
                yield return "Not known: whether the kernel killed it. Its OOM-kill counts are only on the machine where it ran, until that is restarted";
                break;
            default:
                break;
        }

        if (box.WholeLength is { } whole)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"Not known: what the rest of the file said. It has {box.Length} of {whole} bytes");
        }
    }

    public static string Title(InspectedBox box) => box.IsAlive
        ? string.Create(CultureInfo.InvariantCulture, $"▶ STILL RUNNING: process {box.Run.ProcessId}; what follows is what it has recorded so far")
        : PreviousRunText.Title(box.Run).Replace("PREVIOUS RUN: ", string.Empty, StringComparison.Ordinal);

    private static string Source(InspectedBox box)
    {
        var identity = box.Recording.Identity;
        var by = identity.LibraryVersion.Length > 0 ? $", written by MemoryWatch {SafeText.Context(identity.LibraryVersion.Split('+')[0])}" : string.Empty;
        var on = identity.MachineName.Length > 0 ? $" on {SafeText.Context(identity.MachineName)}" : string.Empty;
        var started = TimeZoneInfo.ConvertTime(identity.Started, box.Run.TimeZone);
        var basis = box.Basis == VerdictBasis.NextStart ? "; judged with what the next start saw" : string.Empty;
        return string.Create(CultureInfo.InvariantCulture, $"Black box {SafeText.Context(box.Name)}: a run{on} that started {started:yyyy-MM-dd HH:mm:ss zzz}{by}{basis}");
    }

    /// <summary>What the verdict rests on.</summary>
    public static IEnumerable<RunEvidence> Why(InspectedBox box) => box.Run.Evidence.Where(evidence => !IsReplaced(evidence, box));

    /// <summary>
    /// That the kernel's counts cannot be seen is said with its reason below. Counts that rose at some time since say less than the kernel's log, which
    /// is asked only then. And a clean end has no exception that it could have recorded.
    /// </summary>
    private static bool IsReplaced(RunEvidence evidence, InspectedBox box) => evidence.Kind switch
    {
        RunEvidenceKind.NotCounted => box.Basis is VerdictBasis.CountsRoseSince or VerdictBasis.NotCounted or VerdictBasis.Elsewhere,
        RunEvidenceKind.GroupKills or RunEvidenceKind.MachineKills => box.Basis == VerdictBasis.ThisMachine && evidence.CountNow > evidence.CountBefore,
        RunEvidenceKind.OwnMark => box.Run.Verdict == RunVerdict.Clean,
        _ => false,
    };

    private static bool IsReplaced(string line, InspectedBox box) =>
        box.Run.Evidence.Any(evidence => IsReplaced(evidence, box) && line.EndsWith(evidence.Describe(), StringComparison.Ordinal));

    private static Style StyleOf(InspectedBox box) => box.IsAlive ? new(Color.Green, decoration: Decoration.Bold) : box.Run.Verdict switch
    {
        RunVerdict.Killed or RunVerdict.LikelyKilled or RunVerdict.Crashed => new(Color.Red, decoration: Decoration.Bold),
        RunVerdict.Clean => new(Color.Green, decoration: Decoration.Bold),
        _ => new(Color.Yellow, decoration: Decoration.Bold),
    };
}
