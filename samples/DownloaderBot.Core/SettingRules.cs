using MemoryWatch;
using Microsoft.Extensions.Options;

namespace DownloaderBot;

/// <summary>Checks the settings of a section; each fault is one sentence, with the value and the allowed values.</summary>
internal sealed class SettingRules(string section)
{
    private readonly List<string> _faults = [];

    public void Range<T>(string name, T value, T least, T most)
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
        {
            Add($"{name} is {value}; it must be from {least} to {most}.");
        }
    }

    public void Folder(string name, string value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            Add($"{name} is empty; it must name a folder.");
        }
    }

    public void Size(string name, string value, string wanted, long least = 1, long most = long.MaxValue)
    {
        if (!MemorySize.TryParse(value, out var size) || size.Bytes < least || size.Bytes > most)
        {
            Add($"{name} is '{value}'; it must be {wanted}.");
        }
    }

    /// <summary>Adds a fault, which begins with the name of the setting.</summary>
    public void Add(string fault) => _faults.Add($"{section}:{fault}");

    /// <exception cref="OptionsValidationException">There are faults.</exception>
    public T Check<T>(T options) => _faults.Count == 0 ? options : throw new OptionsValidationException(section, typeof(T), _faults);
}
