/* SPDX-License-Identifier: MIT */
#include "base/decimal.h"

#include <string.h>

/* Two digits at once, from the end. */
size_t decimal_unsigned(uint64_t number, char *text)
{
	static const char pairs[] = "00010203040506070809"
				    "10111213141516171819"
				    "20212223242526272829"
				    "30313233343536373839"
				    "40414243444546474849"
				    "50515253545556575859"
				    "60616263646566676869"
				    "70717273747576777879"
				    "80818283848586878889"
				    "90919293949596979899";
	char digits[DECIMAL_SIZE];
	size_t at = sizeof(digits);

	for (; number >= 100; number /= 100) {
		at -= 2;
		memcpy(digits + at, pairs + number % 100 * 2, 2);
	}
	if (number >= 10) {
		at -= 2;
		memcpy(digits + at, pairs + number * 2, 2);
	} else {
		digits[--at] = (char)('0' + number);
	}
	memcpy(text, digits + at, sizeof(digits) - at);
	return sizeof(digits) - at;
}

size_t decimal_signed(int64_t number, char *text)
{
	if (number >= 0)
		return decimal_unsigned((uint64_t)number, text);
	*text = '-';
	return 1 + decimal_unsigned(-(uint64_t)number, text + 1);
}
