using Microsoft.CodeAnalysis.Diagnostics;

namespace NetGen.Generator;

/// <summary>The properties of the user's build that change the emitted code; the package's props make them visible to the compiler.</summary>
internal static class BuildProperties
{
    public static EmitOptions Read(AnalyzerConfigOptions options) => new(AggressiveOptimization: !IsTrue(options, "PublishReadyToRun"));

    private static bool IsTrue(AnalyzerConfigOptions options, string property) =>
        options.TryGetValue("build_property." + property, out string? value) && bool.TryParse(value, out bool set) && set;
}
