namespace MemoryWatch.Tests.Judge.Leaks;

/// <summary>
/// Series of memory, generated from seeds: what programs do that leak, and what programs do that only look like it. Each series has a random
/// length from 10 minutes to 14 days, 240 to 6,000 readings from 1 s to 5 min apart, and its own noise.
/// </summary>
internal sealed class LeakCorpus
{
    private const double Day = 86_400;

    private const double Hour = 3600;

    private static readonly double[] Lengths =
    [
        600, 1200, 1800, Hour, 2 * Hour, 4 * Hour, 6 * Hour, 12 * Hour, Day, 2 * Day, 3 * Day, 5 * Day, 7 * Day, 14 * Day,
    ];

    private static readonly double[] Steps = [1, 2, 5, 10, 15, 30, 60, 120, 300];

    private readonly Random _random;
    private double _length;
    private double _step;
    private double _base;
    private double[] _rest = [];

    private LeakCorpus(int seed) => _random = new(seed);

    /// <summary>One series of each family.</summary>
    public static IEnumerable<LeakCase> Of(int seed)
    {
        string[] healthy = ["flat", "autocorrelated noise", "random walk", "sawtooth", "warm-up", "cache fill", "one step", "several steps", "daily load", "daily load, metric", "sessions that stay"];
        string[] leaking = ["leak, slow", "leak, fast", "leak, begins late", "leak under daily load", "leak, daily load, metric", "leak, pool restarts", "leak in steps"];
        for (var i = 0; i < healthy.Length; i++)
        {
            yield return new LeakCorpus((seed * 100) + i).Healthy(healthy[i]);
        }

        for (var i = 0; i < leaking.Length; i++)
        {
            yield return new LeakCorpus((seed * 100) + 50 + i).Leaking(leaking[i]);
        }
    }

    private LeakCase Healthy(string family)
    {
        Begin(isLong: family.StartsWith("daily", StringComparison.Ordinal));
        double[] sessions = [];
        var n = _rest.Length;
        switch (family)
        {
            case "autocorrelated noise":
                AddNoise(Between(3, 30), Scale(10, Math.Min(200, n / 8.0)));
                break;
            case "random walk":
                AddWalk(Between(10, 60));
                break;
            case "sawtooth":
                AddSawtooth(Between(10, 120), Scale(10, Math.Min(150, n / 8.0)));
                break;
            case "warm-up":
                Add(Rise(Between(10, 150), Scale(20, 0.3 * _length)));
                break;
            case "cache fill":
                AddCache(Between(20, 200));
                break;
            case "one step":
                AddSteps(1);
                break;
            case "several steps":
                AddSteps(_random.Next(2, 6));
                break;
            case "daily load" or "daily load, metric":
                sessions = AddDaily();
                break;
            case "sessions that stay":
                sessions = AddSessions();
                break;
            default:
                break;
        }

        var hasMetric = family is "daily load, metric" or "sessions that stay";
        return new(family, false, Readings(i => 0, hasMetric ? sessions : []), hasMetric);
    }

    private LeakCase Leaking(string family)
    {
        Begin(isLong: family.Contains("daily", StringComparison.Ordinal));
        double[] sessions = [];
        if (family.Contains("daily", StringComparison.Ordinal))
        {
            sessions = AddDaily();
        }

        if (family == "leak, pool restarts")
        {
            AddPool();
        }

        var sigma = Sigma();
        var least = Math.Max(2.5 * sigma, 0.015 * LeakCase.LimitMegabytes);
        var most = Math.Max(least * 1.5, 430 - _rest.Max());
        var growth = Math.Exp(family switch
        {
            "leak, slow" => Between(Math.Log(least), Math.Log(Math.Sqrt(least * most))),
            "leak, fast" => Between(Math.Log(Math.Sqrt(least * most)), Math.Log(most)),
            _ => Between(Math.Log(least), Math.Log(most)),
        });
        var onset = family == "leak, begins late" ? Between(0.15, 0.6) * _length : 0;
        var steps = _random.Next(12, 80);
        double Leak(int i)
        {
            var part = Math.Max(0, ((i * _step) - onset) / (_length - onset));
            return growth * (family == "leak in steps" ? Math.Floor(part * steps) / steps : part);
        }

        var hasMetric = family == "leak, daily load, metric";
        return new(family, true, Readings(Leak, hasMetric ? sessions : []), hasMetric) { Onset = onset, Growth = growth, Sigma = sigma };
    }

    private void Begin(bool isLong)
    {
        _length = Lengths[_random.Next(isLong ? Array.IndexOf(Lengths, Day) : 0, Lengths.Length)];
        double[] steps = [.. Steps.Where(step => _length / step is >= 240 and <= 6000)];
        _step = steps[_random.Next(steps.Length)];
        _base = Between(60, 250);
        _rest = new double[(int)(_length / _step)];
        Array.Fill(_rest, _base);
        AddNoise(Between(0.2, 3), 0);
        if (_random.Next(2) == 0)
        {
            // The garbage of a managed heap.
            AddSawtooth(Between(3, 30), Between(8, Math.Min(60, _rest.Length / 8.0)));
        }

        if (_random.Next(2) == 0)
        {
            AddNoise(Between(0.2, 3), Between(5, 50));
        }
    }

    private void AddNoise(double sigma, double memory)
    {
        var keep = memory == 0 ? 0 : Math.Exp(-1 / memory);
        var value = sigma * Normal();
        for (var i = 0; i < _rest.Length; i++)
        {
            value = (keep * value) + (sigma * Math.Sqrt(1 - (keep * keep)) * Normal());
            _rest[i] += value;
        }
    }

    /// <summary>A walk between bounds, because no program has less than nothing.</summary>
    private void AddWalk(double spread)
    {
        var value = 0.0;
        for (var i = 0; i < _rest.Length; i++)
        {
            value += spread / Math.Sqrt(_rest.Length) * Normal();
            value = Math.Clamp(value, -50, 250);
            _rest[i] += value;
        }
    }

    private void AddSawtooth(double height, double period)
    {
        var place = _random.NextDouble();
        for (var i = 0; i < _rest.Length; i++)
        {
            place += Between(0.7, 1.3) / period;
            place -= Math.Floor(place);
            _rest[i] += height * place;
        }
    }

    private void AddCache(double size)
    {
        // Many keys, some asked for much more often than others: each is cached when it is first asked for.
        var rate = 1 / Scale(20, _length / 10);
        for (var i = 0; i < _rest.Length; i++)
        {
            var filled = 0.0;
            for (var key = 1; key <= 20; key++)
            {
                filled += 1 - Math.Exp(-rate * i * _step * 3 / key);
            }

            _rest[i] += size * filled / 20;
        }
    }

    private void AddSteps(int count)
    {
        for (var k = 0; k < count; k++)
        {
            var (at, height) = (_random.Next(_rest.Length / 20, _rest.Length), Between(5, 60));
            for (var i = at; i < _rest.Length; i++)
            {
                _rest[i] += height;
            }
        }
    }

    private double[] AddDaily()
    {
        var (height, phase, cost) = (Between(10, 120), Between(0, 2 * Math.PI), 1.0);
        var sessions = new double[_rest.Length];
        cost = height / 20;
        for (var i = 0; i < _rest.Length; i++)
        {
            var load = 0.5 - (0.5 * Math.Cos((2 * Math.PI * i * _step / Day) + phase));
            sessions[i] = Math.Max(0, Math.Round((20 * load * Between(0.9, 1.1)) + (0.5 * Normal())));
            _rest[i] += cost * sessions[i];
        }

        return sessions;
    }

    private double[] AddSessions()
    {
        var (most, cost) = (_random.Next(5, 40), Between(2, 10));
        var sessions = new double[_rest.Length];
        var rate = most / (double)_rest.Length;
        var count = 0;
        for (var i = 0; i < _rest.Length; i++)
        {
            count += _random.NextDouble() < rate ? 1 : 0;
            count -= count > 0 && _random.NextDouble() < rate / 5 ? 1 : 0;
            sessions[i] = count;
            _rest[i] += cost * count;
        }

        return sessions;
    }

    /// <summary>Workers that grow with use and are restarted now and then.</summary>
    private void AddPool()
    {
        var (workers, height, period) = (_random.Next(1, 4), Between(5, 40), _rest.Length / Between(3, 30));
        for (var k = 0; k < workers; k++)
        {
            AddSawtooth(height, period);
        }
    }

    private double[] Rise(double height, double seconds) => Filled(i => height * (1 - Math.Exp(-i * _step / seconds)));

    private double[] Filled(Func<int, double> value) => [.. Enumerable.Range(0, _rest.Length).Select(value)];

    private void Add(double[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            _rest[i] += values[i];
        }
    }

    private double Sigma()
    {
        var mean = _rest.Average();
        return Math.Sqrt(_rest.Average(value => (value - mean) * (value - mean)));
    }

    private CaseReading[] Readings(Func<int, double> leak, double[] sessions) =>
        [.. _rest.Select((value, i) => new CaseReading(i * _step, Math.Max(1, value + leak(i)), sessions.Length == 0 ? 0 : sessions[i]))];

    private double Between(double low, double high) => low + ((high - low) * _random.NextDouble());

    private double Scale(double low, double high) => Math.Exp(Between(Math.Log(low), Math.Log(high)));

    private double Normal() =>
        Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
