using NetGen.Conformance.Tests.Keras;

namespace NetGen.Conformance.Tests;

public sealed class RegularizerCaseTests
{
    [Fact]
    public void Penalties() => CaseTable.Check("regularizer", c =>
    {
        if (c.Class == "validate_float_arg")
            return KerasArray.FromScalar(Arguments.NotNegative(c.Args[0].AsDouble(), c.Args[1].AsString()));
        Regularizer regularizer = c.Class switch
        {
            "L1" => new L1(Number("l1", 0.01)),
            "L2" => new L2(Number("l2", 0.01)),
            "L1L2" => new L1L2(Number("l1", 0), c.Config("l2")?.AsDouble() ?? 0),
            "OrthogonalRegularizer" => new OrthogonalRegularizer(Number("factor", 0.01), c.Config("mode")?.AsString() ?? "rows"),
            _ => throw new NotCoveredException($"the regularizer {c.Class}"),
        };
        KerasArray weights = c.Ops[^1].Args[0].AsArray();
        return KerasArray.FromScalar(regularizer.Penalty(weights.ToFloats(), weights.Shape));

        double Number(string name, double otherwise) => c.Config(name)?.AsDouble() ?? (c.Args.Count > 0 ? c.Args[0].AsDouble() : otherwise);
    });
}
