namespace NetGen;

/// <summary>
/// Uses a block with arguments that are expressions over the surrounding block's symbols: <c>[Block&lt;BottleneckAttribute&gt;("4 * filters", 2, Repeat = "n - 1")]</c>.
/// With constants only, the block's own attribute says the same more shortly.
/// </summary>
/// <typeparam name="TBlock">The block's attribute class.</typeparam>
/// <param name="arguments">The arguments of the block's constructor, in order: constants, or texts that are expressions.</param>
public sealed class BlockAttribute<TBlock>(params object[] arguments) : BlockAttribute
    where TBlock : BlockAttribute
{
    /// <summary>The arguments of the block's constructor, in order.</summary>
    public object[] Arguments { get; } = arguments;
}
