using System.Collections;
using System.Numerics;

namespace DermAssistant.Ontology;

/// <summary>A set of flags in one number; enumerates them in the order of <see cref="ConditionFlag"/>.</summary>
internal sealed class ConditionFlags : IReadOnlySet<ConditionFlag>
{
    public static readonly ConditionFlags None = new();

    private uint _bits;

    public int Count => BitOperations.PopCount(_bits);

    public void Add(ConditionFlag flag) => _bits |= 1u << (int)flag;

    public bool Contains(ConditionFlag item) => (_bits >> (int)item & 1) != 0;

    public bool IsSubsetOf(IEnumerable<ConditionFlag> other) => (_bits & ~Bits(other)) == 0;

    public bool IsSupersetOf(IEnumerable<ConditionFlag> other) => (Bits(other) & ~_bits) == 0;

    public bool IsProperSubsetOf(IEnumerable<ConditionFlag> other) => IsSubsetOf(other) && !SetEquals(other);

    public bool IsProperSupersetOf(IEnumerable<ConditionFlag> other) => IsSupersetOf(other) && !SetEquals(other);

    public bool Overlaps(IEnumerable<ConditionFlag> other) => (_bits & Bits(other)) != 0;

    public bool SetEquals(IEnumerable<ConditionFlag> other) => _bits == Bits(other);

    public IEnumerator<ConditionFlag> GetEnumerator()
    {
        for (var rest = _bits; rest != 0; rest &= rest - 1) yield return (ConditionFlag)BitOperations.TrailingZeroCount(rest);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static uint Bits(IEnumerable<ConditionFlag> flags)
    {
        if (flags is ConditionFlags set) return set._bits;
        var bits = 0u;
        foreach (var flag in flags) bits |= 1u << (int)flag;
        return bits;
    }
}
