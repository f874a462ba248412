using System.Text.RegularExpressions;

namespace NetGen.Package.Tests;

/// <summary>What stands in a fence of a page.</summary>
/// <param name="Line">The line of its first line.</param>
/// <param name="Language">What the fence says.</param>
/// <param name="Text">The text within.</param>
internal sealed partial record PageBlock(int Line, string Language, string Text)
{
    /// <summary>Whether it is C#.</summary>
    public bool IsCode => Language == "csharp";

    /// <summary>Why it is no part of the page's program, which its first line tells the reader: <c>// TorchSharp (not run: another library)</c>. Null where it is.</summary>
    public string? LeftOut => NotRun().Match(Text) is { Success: true } match ? match.Groups["reason"].Value : null;

    [GeneratedRegex(@"\A// [^\n]*\(not run: (?<reason>[^)\n]{5,})\)\n")]
    private static partial Regex NotRun();
}
