namespace NetGen.Tests;

public sealed class UnitForgetBiasTests
{
    [Fact]
    public void The_forget_gate_starts_at_1_and_the_others_as_told()
    {
        float[] bias = new float[8];
        new UnitForgetBias().Fill(bias, [8], seed: 1, stream: 2);
        Assert.Equal([0, 0, 1, 1, 0, 0, 0, 0], bias);
        new UnitForgetBias(new Constant(0.5)).Fill(bias, [8], seed: 1, stream: 2);
        Assert.Equal([0.5f, 0.5f, 1, 1, 0.5f, 0.5f, 0.5f, 0.5f], bias);
    }

    [Fact]
    public void Only_a_vector_of_four_gates_is_filled() =>
        Assert.Throws<ArgumentException>(() => new UnitForgetBias().Fill(new float[6], [6], seed: 1, stream: 2));
}
