using System.Text;

namespace MemoryWatch.Tool;

/// <summary>What stands for characters that the terminal's character set does not have: lines stay lines, and symbols are left out.</summary>
internal sealed class AsciiFallback : EncoderFallback
{
    public override int MaxCharCount => 3;

    public override EncoderFallbackBuffer CreateFallbackBuffer() => new Replacement();

    private static string For(int character) => character switch
    {
        '├' or '└' or '┤' or '┼' or '┬' or '┴' or '┌' or '┐' or '┘' => "+",
        '─' or '┄' or '–' or '—' => "-",
        '│' or '┃' => "|",
        '…' => "...",
        '°' or '·' or '•' => "*",
        '≤' => "<=",
        '≥' => ">=",
        '×' => "x",
        '→' => "->",
        >= '▁' and <= '█' => "#",
        0xFE0F or >= 0x2600 and <= 0x27BF or >= 0x1F300 and <= 0x1FAFF => string.Empty,
        _ => "?",
    };

    private sealed class Replacement : EncoderFallbackBuffer
    {
        private string _text = string.Empty;
        private int _next;

        public override int Remaining => _text.Length - _next;

        public override bool Fallback(char charUnknown, int index) => Start(charUnknown);

        public override bool Fallback(char charUnknownHigh, char charUnknownLow, int index) => Start(char.ConvertToUtf32(charUnknownHigh, charUnknownLow));

        public override char GetNextChar() => _next < _text.Length ? _text[_next++] : '\0';

        public override bool MovePrevious()
        {
            if (_next == 0)
            {
                return false;
            }

            _next--;
            return true;
        }

        public override void Reset() => (_text, _next) = (string.Empty, 0);

        private bool Start(int character)
        {
            (_text, _next) = (For(character), 0);
            return _text.Length > 0;
        }
    }
}
