namespace NetGen.Generator.Tests;

/// <summary>A problem stands on the very argument, however that is written.</summary>
public sealed class ArgumentPlaceTests
{
    private const string Unit = "[Plain] public sealed class UnitAttribute(int a, string b = \"\", params int[] rest) : BlockAttribute { }";

    [Theory]
    [InlineData("Plain, {|NG0012:Sized(1)|}", null)]
    [InlineData("Plain, Sized({|NG0012:1|})", "Size")]
    [InlineData("Plain, Sized({|NG0012:40 + 2|}, 3)", "Size")]
    [InlineData("Plain, Sized(more: new[] { 3 }, size: {|NG0012:1|})", "Size")]
    [InlineData("Plain, Sized(1, {|NG0012:2|}, 3)", "More")]
    [InlineData("Plain, Sized(1, 2, {|NG0012:3|})", "More[1]")]
    [InlineData("Plain, Sized(1, {|NG0012:2|}, 3)", "More[7]")]
    [InlineData("Plain, Sized(1, {|NG0012:new[] { 2, 3 }|})", "More")]
    [InlineData("Plain, Sized(1, new[] { 2, {|NG0012:3|} })", "More[1]")]
    [InlineData("Plain, Sized(1, new int[] { 2, {|NG0012:3|} })", "More[1]")]
    [InlineData("Plain, Sized(1, [2, {|NG0012:3|}])", "More[1]")]
    [InlineData("Plain, Sized(1, more: new[] { {|NG0012:2|}, 3 })", "More[0]")]
    [InlineData("Plain, {|NG0012:Sized(1)|}", "More")]
    [InlineData("Plain, Sized(1, Strides = {|NG0012:2|})", "Strides")]
    [InlineData("Plain, Sized(1, Strides = {|NG0012:new[] { 2, 3 }|})", "Strides")]
    [InlineData("Plain, Sized(1, Strides = new[] { 2, {|NG0012:3|} })", "Strides[1]")]
    [InlineData("Plain, Sized(1, Strides = {|NG0012:2|})", "Strides[0]")]
    [InlineData("Plain, {|NG0012:Sized(1, Strides = 2)|}", "Unwritten")]
    [InlineData("Plain, {|NG0012:Plain|}", "Name")]
    [InlineData("Plain, Join(\"a\", {|NG0012:\"b\"|}, Name = \"j\")", "Inputs[1]")]
    [InlineData("Plain] [method: System.Obsolete] [Join(\"a\", {|NG0012:\"b\"|})", "Inputs[1]")]
    [InlineData("Plain, Unit({|NG0012:1|}, \"x\")", "A")]
    [InlineData("Plain, Unit(1, {|NG0012:\"x\"|})", "B")]
    [InlineData("Plain, Block<UnitAttribute>(\"n\", {|NG0012:\"x\"|}, 3, 4)", "B")]
    [InlineData("Plain, Block<UnitAttribute>(\"n\", \"x\", 3, {|NG0012:4|})", "Rest[1]")]
    [InlineData("Plain, Block<UnitAttribute>(\"n\", \"x\", Repeat = {|NG0012:\"k\"|})", "Repeat")]
    [InlineData("Plain, Block<UnitAttribute>({|NG0012:\"n\"|}, \"x\")", "Arguments")]
    public async Task StandsOnTheArgument(string marked, string? argument)
    {
        string text = "[Network, " + marked + "] public partial class Net;";
        Assert.Equal(["Found."], await Verify.Analyzer(text.Replace("[method: System.Obsolete] ", "", StringComparison.Ordinal) + Unit, new Problem("NG0012", 1, argument, "Found.")));
    }

    [Fact]
    public async Task AProblemOfTheWholeNetworkStandsOnItsName() =>
        await Verify.Analyzer("[Network, Plain] public partial class {|NG0013:Net|};", new Problem("NG0013", -1, null, "No input."));

    [Fact]
    public async Task AProblemOfAnOptionStandsOnIt() =>
        await Verify.Analyzer("[Plain, Network(Training = {|NG0012:true|})] public partial class Net;", new Problem("NG0012", -1, "Training", "Bad."));

    [Fact]
    public async Task AnIndexBeyondTheTapeStandsOnTheName() =>
        await Verify.Analyzer("[Network, Plain] public partial class {|NG0012:Net|};", new Problem("NG0012", 7, "Name", "Bad."));

    [Fact]
    public async Task TheMessageIsNoFormat() =>
        Assert.Equal(["{0} {name} 100%"], await Verify.Analyzer("[Network, {|NG0018:Plain|}] public partial class Net;", new Problem("NG0018", 0, null, "{0} {name} 100%")));
}
