using System.Text.Json;

namespace NetGen.Conformance.Tests.Keras;

/// <summary>Reads keras_cases.json from the folder in NETGEN_CASES; skips the calling test when it is missing.</summary>
internal static class KerasCases
{
    public const string File = "keras_cases.json";

    private static readonly Lazy<JsonDocument> s_document = new(() => JsonDocument.Parse(System.IO.File.ReadAllBytes(Path())));

    /// <summary>All cases of a section: "loss", "metric", "optimizer", "layer" and so on, in the order of the file.</summary>
    public static IReadOnlyList<KerasCase> Of(string section)
    {
        if (!System.IO.File.Exists(Path()))
            Assert.Skip($"NETGEN_CASES names no folder that holds {File}.");
        return [.. s_document.Value.RootElement.GetProperty(section).EnumerateArray().Select(json => new KerasCase(section, new KerasValue(json)))];
    }

    private static string Path() => System.IO.Path.Combine(Environment.GetEnvironmentVariable("NETGEN_CASES") ?? ".", File);
}
