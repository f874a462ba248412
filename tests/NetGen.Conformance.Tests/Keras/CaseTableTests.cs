namespace NetGen.Conformance.Tests.Keras;

public sealed class CaseTableTests
{
    [Fact]
    public void Expected_values_of_every_section_agree_with_themselves()
    {
        foreach (string section in new[]
        {
            "activation", "constraint", "initializer", "layer", "loss", "metric", "optimizer", "optimizer_other", "lr_schedule", "regularizer",
        })
        {
            foreach (KerasCase c in KerasCases.Of(section))
            {
                Assert.Equal(c.Expected.Shape.Aggregate(1, (a, b) => a * b), c.Expected.Length);
                Assert.Null(c.Tolerance.Compare(c.Expected, c.Expected));
                Assert.NotEmpty(c.Class);
            }
        }
    }

    [Fact]
    public void A_wrong_value_is_seen()
    {
        foreach (KerasCase c in KerasCases.Of("loss"))
            Assert.NotNull(c.Tolerance.Compare(c.Expected, c.Expected with { Data = [.. c.Expected.Data.Select(x => x + 2)] }));
    }
}
