using System.Text;
using Google.Protobuf;
using NetGen.Conformance.Tests.Keras;
using NetGen.Documentation;
using NetGen.Importing;
using NetGen.Onnx;
using NetGen.Onnx.Proto;

namespace NetGen.Conformance.Tests.Onnx;

/// <summary>ONNX's own cases, op by op, for every operator that the table has; and those of onnx2c.</summary>
public sealed class NodeCaseTests
{
    private const double LeastShare = 0.95;

    /// <summary>The models have 2π to seven digits; 0.5 - 0.5 cos(2 · 3.1415 · 0.2) is what the files of the Hann window expect, to all digits.</summary>
    private const string InexactReference = "The expected values were computed with 3.1415 for π, the model has it in full.";

    /// <summary>Cases of onnx2c whose operators the table has, but of which something is not supported.</summary>
    private static readonly Dictionary<string, string> s_notSupported = new()
    {
        ["test_gemm_CM_transA"] = "a bias of the rows, which does not broadcast to the product by ONNX's rules",
    };

    [Fact]
    public void Node_cases_pass_but_for_those_that_the_documentation_lists()
    {
        string root = OnnxData.NodeCases();
        List<(string Folder, string[] Ops)> cases =
        [
            .. new[] { "node", "pytorch-converted", "pytorch-operator", "simple" }.SelectMany(d => Directory.GetDirectories(Path.Combine(root, d)).Order(StringComparer.Ordinal))
                .Select(f => (f, Ops(f))).Where(c => c.Item2.Length > 0),
        ];
        Dictionary<string, OnnxResult> results = OnnxRun.Of(cases.Select(c => c.Folder)).ToDictionary(r => r.Case);
        Assert.Equal(cases.Count, results.Count);
        string table = Table(cases, results);
        GeneratedSection.Verify("onnx.md", "node cases", table);
        Assert.InRange(results.Values.Count(r => r.Failure is null) / (double)cases.Count, LeastShare, 1);
    }

    [Fact]
    public void Cases_of_onnx2c_pass()
    {
        string[] folders = [.. Directory.GetDirectories(OnnxData.Shared("onnx2c/local_ops")).Where(f => Ops(f).Length > 0 && !Path.GetFileName(f).StartsWith("test_qlinear", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        IReadOnlyList<OnnxResult> results = OnnxRun.Of(folders);
        Assert.Empty(results.Where(r => r.Failure is not null && !s_notSupported.ContainsKey(r.Case)).Select(r => $"{r.Case}: {r.Failure}"));
        Assert.Empty(results.Where(r => r.Failure is null && s_notSupported.ContainsKey(r.Case)).Select(r => r.Case));
        StringBuilder table = new("| case | operators | |\n|---|---|---|\n");
        foreach ((string folder, OnnxResult result) in folders.Zip(folders.Select(f => results.Single(r => r.Case == Path.GetFileName(f)))))
            table.Append($"| {result.Case} | {string.Join(", ", Ops(folder))} | {(result.Failure is null ? "passes" : $"left out: {s_notSupported[result.Case]}")} |\n");
        string[] others = [.. Directory.GetDirectories(OnnxData.Shared("onnx2c/local_ops")).Except(folders).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];
        table.Append($"\n{others.Length} more have operators that are not imported, quantised ones for the most part: {string.Join(", ", others)}.\n");
        CasePage.Verify("onnx2c", "onnx2c/local_ops", table.ToString());
    }

    /// <summary>The operators of a case that the table has.</summary>
    private static string[] Ops(string folder)
    {
        ModelProto model;
        try
        {
            model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(Path.Combine(folder, "model.onnx")));
        }
        catch (InvalidProtocolBufferException)
        {
            return [];
        }

        return [.. model.Graph.Node.Concat(model.Functions.SelectMany(f => f.Node)).Where(n => n.Domain is "" or "ai.onnx").Select(n => n.OpType).Distinct().Where(o => OpTable.Find(o) is not null || Decompositions.Has(o)).Order(StringComparer.Ordinal)];
    }

    private static string Table(List<(string Folder, string[] Ops)> cases, Dictionary<string, OnnxResult> results)
    {
        OnnxResult Of((string Folder, string[] Ops) c) => results[Path.GetFileName(c.Folder)];
        StringBuilder text = new();
        int passed = cases.Count(c => Of(c).Failure is null);
        text.Append(FormattableString.Invariant($"{passed} of {cases.Count} cases pass, {100.0 * passed / cases.Count:F1} %; in {cases.Count(c => Of(c).IsBound)} of them inputs that must be constant are bound to their values, and {cases.Count(c => Of(c).IsFolded)} are computed whole at import.\n\n"));
        text.Append("| Operator | cases | pass |\n|---|---:|---:|\n");
        foreach (string op in OpTable.All.Select(r => r.Op).Concat(cases.SelectMany(c => c.Ops)).Distinct().Order(StringComparer.Ordinal))
        {
            (string, string[])[] with = [.. cases.Where(c => c.Ops.Contains(op))];
            text.Append(FormattableString.Invariant($"| {op} | {with.Length} | {with.Count(c => Of(c).Failure is null)} |\n"));
        }

        text.Append("\nWhat does not pass:\n\n| Case | why |\n|---|---|\n");
        foreach (OnnxResult failed in cases.Select(Of).Where(r => r.Failure is not null))
            text.Append($"| {failed.Case} | {(failed.Case.Contains("window", StringComparison.Ordinal) ? InexactReference : Reason(failed.Failure!))} |\n");
        return text.ToString();
    }

    /// <summary>The first sentence, without the names that exporters of expanded functions make up.</summary>
    private static string Reason(string failure)
    {
        string first = failure.Split("; ")[0];
        first = System.Text.RegularExpressions.Regex.Replace(first, "^In node '[^']*' \\(([A-Za-z]+)\\) \\(opset [0-9]+\\) ", "$1: ");
        first = System.Text.RegularExpressions.Regex.Replace(first, ": node '.*$", ".");
        return first.Replace("|", "\\|", StringComparison.Ordinal);
    }
}
