namespace NetGen.Conformance.Tests.Onnx;

/// <summary>Where the reference cases of ONNX lie.</summary>
internal static class OnnxData
{
    private const string Debian = "/usr/share/libonnx-testdata/data";

    /// <summary>A folder or file of NETGEN_CASES; the test is skipped where it is missing.</summary>
    public static string Shared(string name)
    {
        string path = Path.Combine(Environment.GetEnvironmentVariable("NETGEN_CASES") ?? ".", name);
        if (!Path.Exists(path))
            Assert.Skip($"NETGEN_CASES names no folder that holds {name}.");
        return path;
    }

    /// <summary>The node cases of ONNX's own backend tests: Debian's package libonnx-testdata, or where NETGEN_ONNX_TESTDATA says.</summary>
    public static string NodeCases()
    {
        string path = Environment.GetEnvironmentVariable("NETGEN_ONNX_TESTDATA") ?? Debian;
        if (!Directory.Exists(Path.Combine(path, "node")))
            Assert.Skip("NETGEN_ONNX_TESTDATA names no folder with ONNX's node cases, and the package libonnx-testdata is not installed.");
        return path;
    }
}
