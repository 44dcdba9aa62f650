using MemoryWatch.BlackBox.Recall;

namespace MemoryWatch.Tool.Inspect;

/// <summary>A black box and what can be said of its run.</summary>
internal sealed record InspectedBox
{
    /// <summary>The file, or what stands for standard input.</summary>
    public required string Name { get; init; }

    public required RunRecording Recording { get; init; }

    /// <summary>The verdict and what goes with it. Of a run that is alive, only the numbers count.</summary>
    public required PreviousRun Run { get; init; }

    /// <summary>Whether the run is still writing to the file.</summary>
    public bool IsAlive { get; init; }

    /// <summary>What the verdict was compared with.</summary>
    public VerdictBasis Basis { get; init; }

    /// <summary>What the file should be long; null if nothing is missing.</summary>
    public long? WholeLength { get; init; }

    public long Length { get; init; }

    /// <summary>Whether the end of the run is about memory, or the run recorded findings.</summary>
    public bool HasFindings => Run.Findings.Count > 0 || (!IsAlive && (Run.Verdict is RunVerdict.Killed or RunVerdict.LikelyKilled
        || Run.Error?.StartsWith(nameof(OutOfMemoryException), StringComparison.Ordinal) == true
        || Run.Evidence.Any(evidence => evidence.Kind == RunEvidenceKind.OutOfMemory)));
}

/// <summary>Whose view of the kernel a verdict rests on.</summary>
internal enum VerdictBasis
{
    /// <summary>The run recorded its end itself, or it has not ended.</summary>
    NotNeeded,

    /// <summary>The start that followed, whose file is beside this one: the same as what it logged.</summary>
    NextStart,

    /// <summary>This machine, on which the run was, and whose counts have not risen since.</summary>
    ThisMachine,

    /// <summary>This machine, whose counts have risen since: by this run or by one after it.</summary>
    CountsRoseSince,

    /// <summary>This machine, which does not show the counts that are needed.</summary>
    NotCounted,

    /// <summary>Nothing: this is another machine, or it was restarted.</summary>
    Elsewhere,
}
