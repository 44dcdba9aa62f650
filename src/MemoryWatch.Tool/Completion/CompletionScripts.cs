namespace MemoryWatch.Tool.Completion;

/// <summary>The scripts that shells load. Each hands the line up to the cursor to <c>memorywatch completion suggest</c>.</summary>
internal static class CompletionScripts
{
    private const string Bash =
        """
        _memorywatch() {
            local line="${COMP_WORDS[*]:0:COMP_CWORD+1}" IFS=$'\n'
            COMPREPLY=($(memorywatch completion suggest "$line" 2>/dev/null))
        }
        complete -o default -F _memorywatch memorywatch

        """;

    private const string Zsh =
        """
        #compdef memorywatch
        _memorywatch() {
            local line="${(j: :)words[1,CURRENT]}"
            local -a found
            found=("${(@f)$(memorywatch completion suggest "$line" 2>/dev/null)}")
            if [[ -n "$found" ]]; then
                compadd -- "${found[@]}"
            else
                _files
            fi
        }
        compdef _memorywatch memorywatch

        """;

    private const string Fish =
        """
        function __memorywatch_suggest
            set -l line (string join ' ' -- (commandline -opc) (commandline -ct))
            memorywatch completion suggest "$line" 2>/dev/null
        end
        complete -c memorywatch -a '(__memorywatch_suggest)'

        """;

    private const string PowerShell =
        """
        Register-ArgumentCompleter -Native -CommandName memorywatch -ScriptBlock {
            param($word, $ast, $cursor)
            $line = if ($word) { "$ast" } else { "$ast " }
            memorywatch completion suggest $line 2>$null | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
            }
        }

        """;

    public static IReadOnlyList<string> Shells { get; } = ["bash", "zsh", "fish", "pwsh"];

    public static string Of(string shell) => shell switch
    {
        "bash" => Bash,
        "zsh" => Zsh,
        "fish" => Fish,
        _ => PowerShell,
    };
}
