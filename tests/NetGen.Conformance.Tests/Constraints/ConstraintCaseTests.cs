using NetGen.Conformance.Tests.Keras;

namespace NetGen.Conformance.Tests;

public sealed class ConstraintCaseTests
{
    [Fact]
    public void Weights_after_the_constraint() => CaseTable.Check("constraint", c =>
    {
        Constraint constraint = c.Class switch
        {
            "NonNeg" => new NonNeg(),
            "MaxNorm" => new MaxNorm(c.Args.Count > 0 ? c.Args[0].AsDouble() : 2),
            "Constraint" => throw new NotCoveredException("Keras's base class as a constraint that changes nothing; here it is abstract"),
            _ => throw new NotCoveredException($"the constraint {c.Class}"),
        };
        KerasArray weights = c.Ops[^1].Args[0].AsArray();
        float[] values = weights.ToFloats();
        constraint.Apply(values, weights.Shape);
        return KerasArray.FromFloats(values, weights.Shape);
    });
}
