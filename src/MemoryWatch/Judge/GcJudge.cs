using System.Globalization;

namespace MemoryWatch.Judge;

/// <summary>
/// Judges whether the GC's configuration fits the memory that there is. What the user set on purpose is left alone if it can work: a heap limit of
/// 200 MB in a container of 512 MB is a choice.
/// </summary>
internal sealed class GcJudge
{
    private const double LeastForTheRest = 0.1;
    private const double MostForTheRest = 0.5;
    private const long SmallForServerGC = 1L << 30;
    private const long SmallestHeap = 20L << 20;
    private const int MostPercent = 99;
    private const int StandardPercent = 75;
    private const int MostFittingPercent = 90;
    private const int MostConserving = 9;
    private const string LimitVariable = "DOTNET_GCHeapHardLimit";

    private readonly List<GcMismatch> _mismatches = [];
    private readonly GcSettings _settings;
    private readonly GcFacts _facts;
    private readonly long? _container;
    private readonly (long? Bytes, LimitSource Source) _memory;

    private GcJudge(GcSettings settings, MemorySnapshot first, GcFacts facts)
    {
        (_settings, _facts) = (settings, facts);

        // The GC does not know the Limit setting. A container's limit above the machine's memory does not count.
        _container = first.Usage.Source == LimitSource.Container ? first.Usage.LimitBytes
            : first.Container.LimitBytes > first.Machine.TotalBytes ? null
            : first.Container.LimitBytes;
        _memory = _container is { } container ? (container, LimitSource.Container)
            : first.Usage.LimitBytes is { } limit ? (limit, first.Usage.Source)
            : (first.Machine.TotalBytes, LimitSource.Machine);
    }

    private long MostHeap => (long)((_memory.Bytes ?? long.MaxValue) * (1 - LeastForTheRest));

    /// <param name="settings">What the user set.</param>
    /// <param name="first">The first reading.</param>
    /// <param name="facts">What the runtime made of it.</param>
    public static GcFit Judge(GcSettings settings, MemorySnapshot first, GcFacts facts)
    {
        var judge = new GcJudge(settings, first, facts);
        var source = judge.JudgeLimit();
        judge.JudgeServer();
        judge.JudgeOthers();
        judge.JudgeNames();
        return new(facts.HeapLimitBytes, source, facts.Cores, judge._mismatches);
    }

    /// <returns>The setting that the limit comes from.</returns>
    private GcSetting? JudgeLimit()
    {
        var percent = _settings[GcKnob.HeapLimitPercent];
        if (_settings[GcKnob.HeapLimit] is { } bytes)
        {
            _mismatches.AddRange(InBytes(bytes) is { } mismatch ? [mismatch] : []);
            if (GcNumber.Of(bytes).Value > 0)
            {
                // A variable that overrides the file is a choice; the other way round it surprises.
                if (percent is { } unused && (unused.Place == bytes.Place || bytes.Place == GcSettingPlace.RuntimeConfig))
                {
                    _mismatches.Add(new(GcMismatchKind.PercentOverridden, unused) { By = bytes });
                }

                return bytes;
            }
        }

        if (percent is { } part)
        {
            _mismatches.AddRange(InPercent(part) is { } mismatch ? [mismatch] : []);
            if (GcNumber.Of(part).Value is > 0 and <= MostPercent)
            {
                return part;
            }
        }

        var ofPart = _settings[GcKnob.HeapLimitOfPart];
        if (_container is { } limit && _facts.HeapLimitBytes is { } heap)
        {
            if (heap > MostHeap)
            {
                _mismatches.Add(ofPart is { } one
                    ? new(GcMismatchKind.LimitHigh, one) { Value = heap, Memory = _memory }
                    : Standard(new(GcMismatchKind.LimitUnseen, null) { Value = heap }));
            }
            else if (ofPart is null && limit - heap > limit * MostForTheRest)
            {
                _mismatches.Add(Standard(new(GcMismatchKind.LimitLow, null) { Value = heap }));
            }
        }

        return ofPart;
    }

    /// <summary>Judges a heap limit in bytes.</summary>
    private GcMismatch? InBytes(in GcSetting setting)
    {
        var number = GcNumber.Of(setting);
        if (number is not { Value: { } value } || (value == 0 && !number.IsComplete))
        {
            return Standard(new(GcMismatchKind.NotANumber, setting));
        }

        var kind = value == 0 ? (GcMismatchKind?)null
            : value > _memory.Bytes ? GcMismatchKind.LimitAboveMemory
            : _container is not null && value > MostHeap ? GcMismatchKind.LimitHigh
            : value < SmallestHeap ? GcMismatchKind.LimitSmall
            : null;
        return kind is { } wrong
            ? number.Decimal is { } meant && meant >= SmallestHeap && meant <= MostHeap
                ? AsBytes(new(wrong, setting) { Value = value, IsAsTyped = true }, meant)
                : Standard(new(wrong, setting) { Value = value })
            : PartlyRead(setting, number, "0x");
    }

    /// <summary>Judges a heap limit as a percentage, which applies if there is none in bytes.</summary>
    private GcMismatch? InPercent(in GcSetting setting)
    {
        var number = GcNumber.Of(setting);
        if (number is not { Value: { } percent } || (percent == 0 && !number.IsComplete && setting.Place == GcSettingPlace.Environment))
        {
            return AsPercent(new(GcMismatchKind.NotANumber, setting), StandardPercent);
        }

        if (percent == 0 && setting.Place == GcSettingPlace.Environment)
        {
            // It clears a percentage of the file.
            return null;
        }

        if (percent is 0 or > MostPercent)
        {
            return MeantPercent(new(GcMismatchKind.PercentIgnored, setting) { Value = percent }, number.Decimal);
        }

        if (_facts.HeapLimitBytes < SmallestHeap)
        {
            return MeantPercent(new(GcMismatchKind.LimitSmall, setting) { Value = _facts.HeapLimitBytes.Value }, null);
        }

        if (_container is { } limit && _facts.HeapLimitBytes is { } heap && heap > MostHeap)
        {
            // The runtime takes the percentage of what it sees, which may be the machine's memory.
            return Math.Abs(heap - (limit * percent / 100)) <= limit / 100
                ? MeantPercent(new(GcMismatchKind.LimitHigh, setting) { Value = heap }, number.Decimal)
                : Standard(new(GcMismatchKind.LimitUnseen, setting) { Value = heap });
        }

        return PartlyRead(setting, number, string.Empty);
    }

    private void JudgeServer()
    {
        var setting = _settings[GcKnob.Server];
        var wanted = setting is { } server && WantsServer(server);
        if (setting is { } typed && Mistaken(typed) is { } mistake)
        {
            _mismatches.Add(mistake);
        }
        else if (wanted && !_facts.IsServerGC && _facts.Cores < 2)
        {
            _mismatches.Add(new(GcMismatchKind.ServerIgnored, setting));
        }
        else if (_facts.IsServerGC && setting is not { Place: GcSettingPlace.Environment }
            && (_facts.Cores < 2 || _memory.Bytes < SmallForServerGC))
        {
            _mismatches.Add(new(GcMismatchKind.ServerWasteful, setting) { Memory = _memory, Value = _facts.Cores });
        }
    }

    /// <summary>A word that the runtime reads as the opposite of what it says.</summary>
    private GcMismatch? Mistaken(in GcSetting setting)
    {
        if (setting.Place == GcSettingPlace.RuntimeConfig)
        {
            return setting.Typed.Trim() == "1" && !_facts.IsServerGC
                ? new(GcMismatchKind.ServerNotTrue, setting) { Instead = setting with { Typed = "true" } }
                : null;
        }

        // "true" has no hexadecimal digits, and "false" begins with two.
        return setting.Typed.Trim().ToUpperInvariant() switch
        {
            "TRUE" or "YES" or "ON" when !_facts.IsServerGC =>
                new(GcMismatchKind.NotANumber, setting) { Instead = setting with { Typed = "1" } },
            "FALSE" or "DISABLE" or "DISABLED" when _facts.IsServerGC =>
                new(GcMismatchKind.ServerByMistake, setting) { Instead = setting with { Typed = "0" } },
            _ => null,
        };
    }

    private void JudgeOthers()
    {
        if (_settings[GcKnob.HeapCount] is { } count && GcNumber.Of(count) is { Value: > 0 and { } heaps } number)
        {
            if (_facts.IsServerGC && heaps > _facts.Cores)
            {
                var right = Math.Min(number.Decimal ?? heaps, _facts.Cores);
                _mismatches.Add(new(GcMismatchKind.MoreHeapsThanCores, count)
                {
                    Value = heaps,
                    InsteadValue = right,
                    Instead = count with { Typed = InPlace(count, right) },
                });
            }
            else if (!_facts.IsServerGC && !_mismatches.Exists(m => m.Kind == GcMismatchKind.ServerIgnored))
            {
                _mismatches.Add(new(GcMismatchKind.ServerOnly, count));
            }
        }

        if (_settings[GcKnob.ConserveMemory] is { } conserve && GcNumber.Of(conserve).Value is > MostConserving and var value)
        {
            _mismatches.Add(new(GcMismatchKind.ConserveOutOfRange, conserve)
            {
                Value = value,
                Instead = conserve with { Typed = MostConserving.ToString(CultureInfo.InvariantCulture) },
                InsteadValue = MostConserving,
            });
        }

        if (_settings[GcKnob.Gen0Size] is { } gen0 && GcNumber.Of(gen0) is { Value: { } size } read && size > _memory.Bytes)
        {
            var mismatch = new GcMismatch(GcMismatchKind.Gen0SizeAboveMemory, gen0) { Value = size, Memory = _memory };
            _mismatches.Add(read.Decimal <= _memory.Bytes ? AsBytes(mismatch with { IsAsTyped = true }, read.Decimal.Value) : mismatch);
        }
    }

    private void JudgeNames()
    {
        foreach (var (setting, name) in _settings.Unread)
        {
            if (setting is { Knob: GcKnob.HeapLimit, Place: GcSettingPlace.RuntimeConfig } && GcNumber.Of(setting).Value == _facts.HeapLimitBytes)
            {
                // This runtime reads it after all.
                continue;
            }

            // The value is corrected too: advice that leads to other advice is not worth following.
            var right = setting with { Name = name };
            var correct = right.Knob switch
            {
                GcKnob.HeapLimit => InBytes(right),
                GcKnob.HeapLimitPercent when GcNumber.Of(right).Value is not (> 0 and <= MostPercent) => InPercent(right),
                _ => null,
            };
            _mismatches.Add(new(GcMismatchKind.NameNotRead, setting) { Instead = correct?.Instead ?? right });
        }
    }

    private static bool WantsServer(in GcSetting setting) => setting.Place == GcSettingPlace.Environment
        ? GcNumber.Of(setting).Value > 0
        : string.Equals(setting.Typed, "true", StringComparison.OrdinalIgnoreCase);

    // In the file only what the runtime reads counts: a decimal point or a percent sign there does no harm.
    private static GcMismatch? PartlyRead(in GcSetting setting, in GcNumber number, string prefix) =>
        number is { Value: > 0 and { } value, IsComplete: false } && setting.Place == GcSettingPlace.Environment
            ? new(GcMismatchKind.PartlyRead, setting)
            {
                Value = value,
                Instead = setting with { Typed = string.Create(CultureInfo.InvariantCulture, $"{prefix}{value:X}") },
                InsteadValue = value,
            }
            : null;

    private GcMismatch MeantPercent(GcMismatch mismatch, long? typed)
    {
        var isFit = typed is > 0 and <= MostFittingPercent;
        return AsPercent(mismatch with { IsAsTyped = isFit }, isFit ? typed!.Value : StandardPercent);
    }

    private GcMismatch AsPercent(GcMismatch mismatch, long percent) => mismatch with
    {
        Memory = _memory,
        Instead = mismatch.Setting!.Value with { Typed = InPlace(mismatch.Setting.Value, percent) },
        InsteadValue = percent,
    };

    /// <summary>Adds the heap limit that the runtime would derive: 75 % of the container's limit.</summary>
    private GcMismatch Standard(GcMismatch mismatch) =>
        _memory is { Bytes: { } memory, Source: not LimitSource.Machine } && (memory * StandardPercent / 100) >> 20 << 20 is >= SmallestHeap and var bytes
            ? AsBytes(mismatch, bytes)
            : mismatch with { Memory = _memory };

    private GcMismatch AsBytes(GcMismatch mismatch, long bytes)
    {
        var setting = mismatch.Setting is { Knob: GcKnob.HeapLimit or GcKnob.Gen0Size } known
            ? known
            : new(GcKnob.HeapLimit, GcSettingPlace.Environment, LimitVariable, string.Empty);
        var digits = InPlace(setting, bytes);
        return mismatch with
        {
            Memory = _memory,
            Instead = setting with { Typed = setting.Place == GcSettingPlace.Environment ? $"0x{digits}" : digits },
            InsteadValue = bytes,
        };
    }

    private static string InPlace(in GcSetting setting, long value) =>
        value.ToString(setting.Place == GcSettingPlace.Environment ? "X" : "D", CultureInfo.InvariantCulture);
}

/// <summary>What the runtime made of the GC's settings.</summary>
/// <param name="HeapLimitBytes">The GC's own limit, in bytes; <see langword="null"/> if it has none.</param>
/// <param name="IsServerGC">Whether server GC is in use.</param>
/// <param name="Cores">Number of processor cores.</param>
internal readonly record struct GcFacts(long? HeapLimitBytes, bool IsServerGC, int Cores);
