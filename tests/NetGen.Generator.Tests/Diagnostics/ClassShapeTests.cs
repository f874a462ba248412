namespace NetGen.Generator.Tests;

/// <summary>Which classes cannot be networks, and on which word that is said.</summary>
public sealed class ClassShapeTests
{
    [Theory]
    [InlineData("[Network, Plain] public class {|NG0001:Net|};", "Net must be partial.")]
    [InlineData("partial class A { public class {|NG0001:B|} { [Network, Plain] partial class Net; } }", "B must be partial, because the network Net is nested in it.")]
    [InlineData("[Network, Plain] public partial class Net{|NG0002:<T>|};", "Net must not be generic.")]
    [InlineData("partial class A{|NG0002:<T>|} { [Network, Plain] partial class Net; }", "A must not be generic, because the network Net is nested in it.")]
    [InlineData("[Network, Plain] public {|NG0003:static|} partial class Net;", "Net must not be static: a network is an object that holds its weights.")]
    [InlineData("[Network, Plain] public partial {|NG0004:record|} Net;", "Net must be a class, not a record: a network's weights are no values to compare.")]
    [InlineData("[Network, Plain] {|NG0005:file|} partial class Net;", "Net must not be file-local.")]
    [InlineData("{|NG0005:file|} partial class A { [Network, Plain] partial class Net; }", "A must not be file-local, because the network Net is nested in it.")]
    [InlineData("[Network, Plain] public {|NG0006:abstract|} partial class Net;", "Net must not be abstract.")]
    [InlineData("[Network, Plain] public partial class Net : {|NG0007:System.Exception|};", "Net must not derive from Exception: its base class is the one that the generated part gives it.")]
    [InlineData("[Network, Plain] public partial class Net; partial class Net : {|NG0007:System.Collections.Generic.List<int>|}, System.IDisposable { public void Dispose() { } }", "Net must not derive from List: its base class is the one that the generated part gives it.")]
    [InlineData("[Network, Plain] public partial class Net{|NG0008:(int a)|} { public int A => a; }", "Net must not have a primary constructor: the generated part has the constructors.")]
    [InlineData("[Network, Plain] public partial class Net{|NG0008:()|};", "Net must not have a primary constructor: the generated part has the constructors.")]
    [InlineData("[Network, Plain, Sized(1)] public partial class Net; [{|NG0009:Plain|}, Sized(2)] partial class Net;", "Two declarations of Net carry layers; which come first would hang on the order of the files.")]
    public async Task SaysWhatIsWrongAndWhere(string marked, string message) =>
        Assert.Equal(message, Assert.Single(await Verify.Analyzer(marked)));

    [Fact]
    public async Task SaysAllAtOnce() =>
        await Verify.Analyzer("[Network, Plain] public {|NG0006:abstract|} class {|NG0001:Net|}{|NG0002:<T>|}{|NG0008:(int a)|} : {|NG0007:System.Exception|} { public int A => a; }");

    [Theory]
    [InlineData("[Network, Plain] public partial class Net;")]
    [InlineData("[Network, Plain] public partial class Net { }")]
    [InlineData("[Network] public partial class Net; [Plain, Plain] partial class Net;")]
    [InlineData("[Network, Plain] public sealed partial class Net : System.IDisposable { public void Dispose() { } }")]
    [InlineData("static partial class A { partial struct B { partial record C { [Network, Plain] private partial class Net; } } }")]
    [InlineData("[Network, Plain] public partial class Net : NetGen.Network<Net>; namespace NetGen { public class Network<T>; }")]
    public async Task TakesWhatItCan(string text) => await Verify.Analyzer(text);
}
