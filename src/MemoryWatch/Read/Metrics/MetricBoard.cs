using MemoryWatch.Guard;

namespace MemoryWatch.Read;

/// <summary>
/// All metrics of a watch: the application's in the order of registration, called through the guard, then the built-in ones. Used by one caller
/// at a time.
/// </summary>
internal sealed class MetricBoard
{
    private const string Kind = "Metric";

    private readonly PluginRunner _runner;
    private readonly Guarded<long?[]>[] _users;
    private readonly IMetricsProvider[] _builtIn;
    private readonly MetricDefinition[] _definitions;
    private readonly int[] _counts;
    private readonly long?[] _values;

    /// <exception cref="InvalidOperationException">Two metrics have the same name or key.</exception>
    public MetricBoard(IMetricsProvider[] providers, IMetricsProvider[] builtIn, PluginRunner runner)
    {
        _runner = runner;
        _builtIn = builtIn;
        var defined = Define(providers, builtIn, runner);
        _users = [.. providers.Zip(defined, Guard)];
        _counts = Array.ConvertAll(defined, metrics => metrics.Length);
        _definitions = [.. defined.SelectMany(metrics => metrics), .. builtIn.SelectMany(provider => provider.Definitions)];
        _values = new long?[_definitions.Length];
        RequireDifferent("named", Array.ConvertAll(_definitions, d => d.Name), "name");
        RequireDifferent("with the key", Array.ConvertAll(_definitions, d => d.Key), "key (MetricOptions.Key)");
    }

    public IReadOnlyList<MetricDefinition> Definitions => _definitions;

    public MetricValues Read()
    {
        _runner.Run(_users);
        var place = 0;
        for (var i = 0; i < _users.Length; i++)
        {
            // A provider that did not answer may still write to its numbers, so they are not read.
            var target = _values.AsSpan(place, _counts[i]);
            target.Clear();
            _users[i].Answer.AsSpan().CopyTo(target);
            place += _counts[i];
        }

        foreach (var provider in _builtIn)
        {
            var target = _values.AsSpan(place, provider.Definitions.Count);
            target.Clear();
            provider.Read(target);
            place += target.Length;
        }

        return new(_definitions, _values);
    }

    private static Guarded<long?[]> Guard(IMetricsProvider provider, MetricDefinition[] metrics)
    {
        var values = new long?[metrics.Length];
        return new(Kind, metrics.Length == 1 ? metrics[0].Name : SafeText.Name(provider.GetType().Name), () =>
        {
            Array.Clear(values);
            provider.Read(values);
            return values;
        });
    }

    private static void RequireDifferent(string which, string[] texts, string what)
    {
        var seen = new HashSet<string>();
        if (Array.Find(texts, text => !seen.Add(text)) is { } twice)
        {
            var count = Array.FindAll(texts, text => text == twice).Length;
            throw new InvalidOperationException($"There are {count} metrics {which} '{twice}'. Give each a unique {what}.");
        }
    }

    /// <summary>Asks the users' providers once for their metric definitions, through the guard because this is the users' code too.</summary>
    private static MetricDefinition[][] Define(IMetricsProvider[] providers, IMetricsProvider[] builtIn, PluginRunner runner)
    {
        var asked = Array.ConvertAll(providers, provider => new Guarded<MetricDefinition[]>(
            Kind, SafeText.Name(provider.GetType().Name), () => Checked(provider.Definitions)));
        runner.Run(asked);

        // A provider that did not return its definitions gets a generated name: two providers of one type are no reason to fail.
        HashSet<string> taken =
        [
            .. asked.SelectMany(a => a.Answer ?? []).Select(metric => metric.Name),
            .. builtIn.SelectMany(provider => provider.Definitions).Select(metric => metric.Name),
        ];
        return Array.ConvertAll(asked, a => a.Answer ?? [Unnamed(a.Name, taken)]);
    }

    // Leaving out a null definition would assign the numbers after it to the wrong names.
    private static MetricDefinition[] Checked(IReadOnlyList<MetricDefinition> definitions) => definitions.Contains(null!)
        ? throw new InvalidOperationException("One of its definitions is null.")
        : [.. definitions];

    private static MetricDefinition Unnamed(string typeName, HashSet<string> taken)
    {
        var name = typeName;
        for (var number = 2; !taken.Add(name); number++)
        {
            name = $"{typeName} {number}";
        }

        return new(name);
    }
}
